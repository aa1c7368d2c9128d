use super::{Statement, read};

#[test]
fn each_verb_has_a_permission_of_its_own() {
    for (statement, action, index) in [
        ("SELECT * FROM \"posts\"", "PartiQLSelect", None),
        ("select id, \"from\", 'from'\n from \"posts\" where pk = 'select'", "PartiQLSelect", None),
        ("SELECT * FROM posts WHERE id = ?;", "PartiQLSelect", None),
        ("SELECT * FROM \"posts\".\"by-author\" WHERE a = 'it''s'", "PartiQLSelect", Some("by-author")),
        ("INSERT INTO \"posts\" VALUE {'pk': 'a', 'text': 'from'}", "PartiQLInsert", None),
        ("  UPDATE \"posts\" SET a = 1 WHERE pk = 'b'", "PartiQLUpdate", None),
        ("FROM \"posts\" WHERE pk = 'b' SET a = 1", "PartiQLUpdate", None),
        ("delete from \"posts\" WHERE pk = 'b'", "PartiQLDelete", None),
    ] {
        let index = index.map(str::to_owned);
        let expected = Statement { action, table: "posts".to_owned(), index };
        assert_eq!(read(statement), Some(expected), "{statement}");
    }
}

#[test]
fn what_is_not_plain_is_not_read() {
    for statement in [
        "",
        "SELECT",
        "SELECT *",
        "SELECT * FROM",
        "SELECT * FROM \"a\", \"b\"",
        "SELECT * FROM \"a\" FROM \"b\"",
        "SELECT (SELECT * FROM \"b\") FROM \"a\"",
        "SELECT 1FROM \"b\"",
        "SELECT xfrom, y from \"a\"",
        "SELECT * FROM/**/\"b\"",
        "SELECT * -- FROM \"a\"\n FROM \"b\"",
        "SELECT * FROM \"a",
        "SELECT * FROM 'a'",
        "SELECT * FROM `a`",
        "SELECT * FROM \"a\".b",
        "SELECT * FROM \"a\".\"b\".\"c\"",
        "SELECT * FROM \"a\" . \"b\"",
        "SELECT * FROM \"a\"\"b\"",
        "SELECT * FROM \"arn:aws:dynamodb:us-east-1:000000000000:table/a\"",
        "SELECT * FROM \"a/index/b\"",
        "SELECT\u{a0}* FROM \"a\"",
        "SELECT x\u{a0}FROM \"b\" , y FROM \"a\"",
        "SELECT * FROM \"a\"; DELETE FROM \"b\"",
        "EXPLAIN SELECT * FROM \"a\"",
        "EXISTS(SELECT * FROM \"a\")",
        "INSERT \"a\" VALUE {}",
        "DROP TABLE \"a\"",
        "UPDATE",
        "UPDATE \"\" SET a = 1",
    ] {
        assert_eq!(read(statement), None, "{statement}");
    }
}
