//! What the command tells when it has started.

use std::fmt::Write as _;
use std::net::IpAddr;

use local::{Data, Server, Tables};

/// What is served where.
pub(crate) fn of_server(server: &Server, data: &Data, host: IpAddr) -> String {
    let mut text = format!("\nAPI       {}\n", server.url());
    let routes = server.routes();
    let width = routes.iter().map(|(_, path, _)| path.len()).max().unwrap_or_default();
    for (method, path, function) in routes {
        let _ = writeln!(text, "  {method:<8}{path:<width$}  {function}");
    }
    let tables = server.tables();
    let table = tables.first().map_or("TABLE", String::as_str);
    let url = server.dynamodb_url();
    let scan = format!("aws dynamodb scan --table-name {table} --endpoint-url {url} --region us-east-1");
    text + &database(url, &[scan], host) + &end(data)
}

/// Where the tables are, and what a function elsewhere needs to know.
pub(crate) fn of_tables(tables: &Tables, data: &Data, host: IpAddr) -> String {
    let mut text = format!("\n{}", database(tables.dynamodb_url(), tables.names(), host));
    text.push_str("For functions that run elsewhere:\n");
    for (name, value) in tables.variables() {
        let _ = writeln!(text, "  export {name}={value}");
    }
    text + &end(data)
}

fn database(url: &str, lines: &[String], host: IpAddr) -> String {
    let mut text = format!("DynamoDB  {url}  (any credentials)\n");
    for line in lines {
        let _ = writeln!(text, "  {line}");
    }
    if !host.is_loopback() {
        let _ = writeln!(
            text,
            "  Whoever reaches {host} can read and change all of it: nobody is asked who they are."
        );
    }
    text
}

fn end(data: &Data) -> String {
    let place = match data {
        Data::Memory => "in memory, gone at the end".to_owned(),
        Data::File(path) => path.display().to_string(),
    };
    format!("Data      {place}\nCtrl-C ends it.\n\n")
}

#[cfg(test)]
mod tests {
    use super::database;

    #[test]
    fn a_database_that_others_can_reach_comes_with_a_warning() {
        for (host, warns) in [("127.0.0.1", false), ("::1", false), ("0.0.0.0", true), ("172.17.0.1", true)] {
            let text = database("http://127.0.0.1:8000", &[], host.parse().unwrap());
            assert_eq!(text.contains(&format!("Whoever reaches {host} can")), warns, "{text}");
        }
    }
}
