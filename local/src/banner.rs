//! What the command tells when it has started.

use std::fmt::Write as _;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, UdpSocket};

use local::{Data, Server, Tables};

/// What is served where.
pub(crate) fn of_server(server: &Server, data: &Data, host: IpAddr) -> String {
    let routes = server.routes();
    let mut text =
        format!("\n{}{}", for_browsers(&server.url(), &routes), api(&server.url(), server.address()));
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

/// The addresses that a person opens: the page at `/`, and a reference, whose path ends in `docs`.
fn for_browsers(url: &str, routes: &[(String, String, String)]) -> String {
    let path = |is_it: fn(&str) -> bool| {
        let paths = routes.iter().filter(|(method, ..)| method == "GET").map(|(_, path, _)| path.as_str());
        paths.into_iter().find(|path| is_it(path))
    };
    let addresses = [("Page", path(|path| path == "/")), ("Reference", path(|path| path.ends_with("/docs")))];
    let lines = addresses.into_iter().filter_map(|(name, path)| Some(format!("{name:<10}{url}{}\n", path?)));
    lines.collect()
}

fn api(url: &str, address: SocketAddr) -> String {
    let mut text = format!("API       {url}\n");
    let host = address.ip();
    if !host.is_loopback() {
        if let Some(other) = reached_at(host).map(|other| SocketAddr::from((other, address.port()))) {
            let _ = writeln!(text, "          http://{other} from other machines");
        }
        let _ =
            writeln!(text, "  Whoever reaches {host} can use it: everybody in your network, for example.");
    }
    text
}

/// The address of this machine that others in its network know, where it listens on all of them. Nothing is
/// sent to find out.
fn reached_at(host: IpAddr) -> Option<IpAddr> {
    if !host.is_unspecified() {
        return None;
    }
    // Addresses of the documentation (RFC 5737 and 3849), which are elsewhere whatever this network is.
    let (own, elsewhere): (IpAddr, IpAddr) = match host {
        IpAddr::V4(_) => (Ipv4Addr::UNSPECIFIED.into(), Ipv4Addr::new(192, 0, 2, 1).into()),
        IpAddr::V6(_) => {
            (Ipv6Addr::UNSPECIFIED.into(), Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 1).into())
        }
    };
    let socket = UdpSocket::bind((own, 0)).ok()?;
    socket.connect((elsewhere, 9)).ok()?;
    socket.local_addr().ok().map(|address| address.ip()).filter(|address| !address.is_loopback())
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
    use super::{api, database, for_browsers};

    #[test]
    fn what_a_person_opens_comes_first() {
        let of = |routes: &[(&str, &str)]| {
            let route = |(method, path): &(&str, &str)| {
                (String::from(*method), String::from(*path), String::from("function"))
            };
            for_browsers("http://127.0.0.1:1", &routes.iter().map(route).collect::<Vec<_>>())
        };
        let both = [("", "$default"), ("GET", "/"), ("GET", "/api/docs"), ("GET", "/api/docs/{id}")];
        assert_eq!(of(&both), "Page      http://127.0.0.1:1/\nReference http://127.0.0.1:1/api/docs\n");
        assert_eq!(of(&[("GET", "/docs")]), "Reference http://127.0.0.1:1/docs\n");
        assert_eq!(of(&[("", "$default"), ("POST", "/"), ("POST", "/docs"), ("GET", "/api/mydocs")]), "");
    }

    #[test]
    fn an_api_that_others_can_reach_comes_with_a_warning() {
        for (address, warns) in
            [("127.0.0.1:1", false), ("[::1]:1", false), ("0.0.0.0:1", true), ("172.17.0.1:1", true)]
        {
            let text = api("http://127.0.0.1:1", address.parse().unwrap());
            assert!(text.starts_with("API       http://127.0.0.1:1\n"), "{text}");
            assert_eq!(text.contains("can use it"), warns, "{text}");
        }
    }

    #[test]
    fn a_database_that_others_can_reach_comes_with_a_warning() {
        for (host, warns) in [("127.0.0.1", false), ("::1", false), ("0.0.0.0", true), ("172.17.0.1", true)] {
            let text = database("http://127.0.0.1:8000", &[], host.parse().unwrap());
            assert_eq!(text.contains(&format!("Whoever reaches {host} can")), warns, "{text}");
        }
    }
}
