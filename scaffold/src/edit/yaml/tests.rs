#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use super::Yaml;

const TEMPLATE: &str = r#"# The list.
Parameters:
  Stage: { Type: String, Default: dev }
  # Where it is.
  Place:
    Type: String
    AllowedValues: [a, b]

Resources:
  # The first.
  List:
    Policies:
      - Action: [get]
        Resource: &arn !Sub
          - "table/${Table}"
          - Table: *table

  Create:
    Environment: &tokens
      Variables:
        KEYS: none
    Policies:
      - Action: [put]
        Resource: *arn
    Values:
      - !Ref A
      # The second.
      - !Ref B

  # Not of one of them.

  Delete:
    Environment: *tokens # these
    Policies:
      - Action: [delete]
        Resource: *arn

# The end.
Outputs:
  Text: |
    lines # no comment

    more
"#;

fn template() -> Yaml {
    // The parser asks for the definition of each alias.
    Yaml::parse(&format!("Table: &table t\n{TEMPLATE}")).unwrap()
}

fn edited(edit: impl FnOnce(&mut Yaml)) -> String {
    let mut yaml = template();
    edit(&mut yaml);
    yaml.text().strip_prefix("Table: &table t\n").unwrap().to_owned()
}

#[test]
fn a_block_goes_in_behind_another_with_the_distance_that_others_have() {
    let text = edited(|yaml| yaml.insert(&["Resources"], Some("Create"), "# New.\nGet:\n  A: 1\n").unwrap());
    assert_eq!(text, TEMPLATE.replace("      - !Ref B\n", "      - !Ref B\n\n  # New.\n  Get:\n    A: 1\n"));
    let text = edited(|yaml| yaml.insert(&["Parameters"], None, "Name: {}").unwrap());
    assert_eq!(text, TEMPLATE.replace("AllowedValues: [a, b]\n", "AllowedValues: [a, b]\n  Name: {}\n"));
    let text = edited(|yaml| yaml.insert(&["Outputs"], None, "Url: x").unwrap());
    assert_eq!(text, format!("{TEMPLATE}  Url: x\n"));
    let text = edited(|yaml| yaml.insert(&["Resources"], None, "Last: {}").unwrap());
    assert_eq!(text, TEMPLATE.replace("\n# The end.", "\n  Last: {}\n\n# The end."));
}

#[test]
fn an_item_goes_to_the_end_of_a_sequence() {
    let text = edited(|yaml| yaml.push(&["Resources", "Create", "Values"], "!Ref C").unwrap());
    assert_eq!(text, TEMPLATE.replace("- !Ref B\n", "- !Ref B\n      - !Ref C\n"));
    let text = edited(|yaml| yaml.push(&["Parameters", "Place", "AllowedValues"], "c").unwrap());
    assert_eq!(text, TEMPLATE.replace("[a, b]", "[a, b, c]"));
    let text =
        edited(|yaml| yaml.push(&["Resources", "List", "Policies"], "Action: [x]\nResource: y").unwrap());
    assert_eq!(text, TEMPLATE.replace("*table\n", "*table\n      - Action: [x]\n        Resource: y\n"));
}

#[test]
fn an_item_goes_before_another() {
    let values = ["Resources", "Create", "Values"];
    let text = edited(|yaml| yaml.insert_item(&values, "!Ref B", "A: 1\nB: 2").unwrap());
    let second = "      # The second.\n";
    assert_eq!(text, TEMPLATE.replace(second, &format!("      - A: 1\n        B: 2\n{second}")));
    let text = edited(|yaml| yaml.insert_item(&values, "!Ref C", "!Ref C").unwrap());
    assert_eq!(text, TEMPLATE.replace("- !Ref B\n", "- !Ref B\n      - !Ref C\n"));
}

#[test]
fn a_value_is_written_over() {
    let text = edited(|yaml| yaml.set(&["Parameters", "Place", "AllowedValues"], "[c]").unwrap());
    assert_eq!(text, TEMPLATE.replace("[a, b]", "[c]"));
    let text = edited(|yaml| yaml.set(&["Parameters", "Stage", "Default"], "prod").unwrap());
    assert_eq!(text, TEMPLATE.replace("dev", "prod"));
}

#[test]
fn what_goes_takes_its_comments_along_and_leaves_those_of_others() {
    let text = edited(|yaml| yaml.remove(&["Parameters", "Place"]).unwrap());
    assert_eq!(
        text,
        TEMPLATE.replace("  # Where it is.\n  Place:\n    Type: String\n    AllowedValues: [a, b]\n", "")
    );
    let text = edited(|yaml| yaml.remove(&["Resources", "Delete"]).unwrap());
    assert!(text.ends_with("- !Ref B\n\n  # Not of one of them.\n\n# The end.\nOutputs:\n  Text: |\n    lines # no comment\n\n    more\n"), "{text}");
    let text = edited(|yaml| yaml.remove(&["Parameters", "Stage", "Type"]).unwrap());
    assert_eq!(text, TEMPLATE.replace("{ Type: String, Default", "{ Default"));
    let text = edited(|yaml| yaml.remove(&["Parameters", "Stage", "Default"]).unwrap());
    assert_eq!(text, TEMPLATE.replace(", Default: dev", ""));
    let text = edited(|yaml| yaml.remove(&["Outputs", "Text"]).unwrap());
    assert_eq!(text, TEMPLATE.split("\n# The end.").next().unwrap(), "an empty mapping goes, too");
}

#[test]
fn items_go_by_their_text() {
    let values = ["Resources", "Create", "Values"];
    let text = edited(|yaml| yaml.remove_items(&values, |item| item == "!Ref B").unwrap());
    assert_eq!(text, TEMPLATE.replace("      # The second.\n      - !Ref B\n", ""));
    let text = edited(|yaml| yaml.remove_items(&values, |item| item == "!Ref A").unwrap());
    assert_eq!(text, TEMPLATE.replace("      - !Ref A\n", ""));
    let text = edited(|yaml| yaml.remove_items(&values, |_| true).unwrap());
    assert_eq!(
        text,
        TEMPLATE.replace("    Values:\n      - !Ref A\n      # The second.\n      - !Ref B\n", "")
    );
    let text = edited(|yaml| {
        yaml.remove_items(&["Parameters", "Place", "AllowedValues"], |item| item == "a").unwrap();
    });
    assert_eq!(text, TEMPLATE.replace("[a, b]", "[b]"));
}

/// The template writes some values once: whoever removes their place must not break the others.
#[test]
fn what_others_use_of_a_part_that_goes_is_written_at_its_first_use() {
    let text = edited(|yaml| {
        yaml.remove(&["Resources", "List"]).unwrap();
        yaml.remove(&["Resources", "Create"]).unwrap();
    });
    assert!(
        text.contains(
            "  Delete:\n    Environment: &tokens\n      Variables:\n        KEYS: none # these\n    Policies:\n      - \
             Action: [delete]\n        Resource: &arn !Sub\n          - \"table/${Table}\"\n          - Table: *table\n"
        ),
        "{text}"
    );
}

#[test]
fn a_value_can_be_copied_without_defining_its_anchors_again() {
    let yaml = template();
    assert_eq!(
        yaml.aliased(&["Resources", "List", "Policies"]).unwrap(),
        "\n  - Action: [get]\n    Resource: *arn"
    );
    assert_eq!(yaml.aliased(&["Resources", "Create", "Environment"]).unwrap(), " *tokens");
    assert_eq!(yaml.aliased(&["Resources", "Delete", "Environment"]).unwrap(), " *tokens # these");
    assert_eq!(yaml.aliased(&["Resources", "Nobody"]), None);
}

#[test]
fn a_path_that_is_not_there_is_an_error_and_changes_nothing() {
    let mut yaml = template();
    assert!(yaml.insert(&["Nothing"], None, "A: 1").is_err());
    assert!(yaml.insert(&["Resources"], Some("Nobody"), "A: 1").is_err());
    assert!(yaml.push(&["Resources", "List"], "1").is_err());
    assert!(yaml.remove(&["Resources", "Nobody"]).is_err());
    assert_eq!(yaml.text(), template().text());
}
