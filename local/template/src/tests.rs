use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use super::{CorsConfiguration, Document, Route, Template};

fn read(text: &str) -> Result<Template, String> {
    let template = Document::parse(text).and_then(|document| Template::of(&document, Path::new("app")));
    template.map_err(|error| error.to_string())
}

/// A template with one function of these properties, and what else it may need.
fn function(properties: &str) -> String {
    format!(
        "Parameters: {{Size: {{Type: Number, Default: 256}}, Tags: {{Type: CommaDelimitedList, Default: 'a, b'}},
    Needed: {{Type: String}}, Secret: {{Type: 'AWS::SSM::Parameter::Value<String>', Default: /a/b}}}}
Mappings: {{Sizes: {{small: {{cpu: 1}}}}}}
Conditions:
  Big: !Equals [!Ref Size, '256']
  Never: !And [!Condition Big, !Not [!Condition Big]]
  Either: !Or [!Condition Never, !Condition Big]
  Loop: !Not [!Condition Loop]
Resources:
  Table: {{Type: 'AWS::DynamoDB::Table', Properties: {{TableName: posts}}}}
  Queue: {{Type: 'AWS::SQS::Queue'}}
  F:
    Type: AWS::Serverless::Function
    Metadata: {{BuildProperties: {{Binary: f}}}}
    Properties: {properties}
"
    )
}

/// The value that a variable gets.
fn value(expression: &str) -> Result<Option<String>, String> {
    let template = read(&function(&format!("{{Environment: {{Variables: {{V: {expression}}}}}}}")))?;
    Ok(template.functions[0].environment.get("V").cloned())
}

fn is(expression: &str, expected: &str) {
    assert_eq!(value(expression), Ok(Some(expected.to_owned())), "{expression}");
}

#[test]
fn intrinsic_functions_in_both_forms() {
    is("!Ref Size", "256");
    is("{Ref: Size}", "256");
    is("!Ref Table", "posts");
    is("!Ref F", "F");
    is("!Ref AWS::Region", "us-east-1");
    is("!Ref AWS::AccountId", "000000000000");
    is("!GetAtt Table.Arn", "arn:aws:dynamodb:us-east-1:000000000000:table/posts");
    is("{'Fn::GetAtt': [F, Arn]}", "arn:aws:lambda:us-east-1:000000000000:function:F");
    is(
        "!Sub '${AWS::StackName}-${Size}-${Table.Arn}-${!Literal}-$x'",
        "local-256-arn:aws:dynamodb:us-east-1:000000000000:table/posts-${Literal}-$x",
    );
    is("!Sub ['${A}-${Size}', {A: !Ref Table}]", "posts-256");
    is("!Join ['-', [a, !Ref Size, {Ref: 'AWS::Partition'}]]", "a-256-aws");
    is("!Select [1, !Ref Tags]", "b");
    is("!If [Either, yes it is, !Ref Nowhere]", "yes it is");
    is("!If [Never, a, b]", "b");
    is("!FindInMap [Sizes, small, !Sub ['cp${U}', {U: u}]]", "1");
    is("!FindInMap [Sizes, huge, cpu, {DefaultValue: !Ref Size}]", "256");
    is("!Select [1, !Split [':', 'a:b:c']]", "b");
    is("!Select [1, !Split ['/', !Ref AWS::StackId]]", "local");
    is("true", "true");
    assert_eq!(value("!If [Never, a, !Ref AWS::NoValue]"), Ok(None));
}

#[test]
fn what_is_not_understood_names_resource_and_property() {
    for (expression, reason) in [
        ("!Ref Nowhere", "the template has no parameter or resource Nowhere"),
        ("!Ref Needed", "the parameter Needed has no Default to run with"),
        ("!Ref Secret", "the parameter Secret lives in AWS"),
        ("!Ref Queue", "Queue (AWS::SQS::Queue) does not exist in a local run"),
        ("!GetAtt Table.StreamArn", "Table.StreamArn does not exist in a local run"),
        ("!ImportValue x", "Fn::ImportValue is not understood here"),
        ("!If [Loop, a, b]", "refers to itself"),
        ("!If [Gone, a, b]", "the template has no condition Gone"),
        ("!Select [7, !Ref Tags]", "Fn::Select has no item 7"),
        ("!FindInMap [Sizes, huge, cpu]", "Fn::FindInMap finds no huge"),
        ("!FindInMap [Sizes, small]", "Fn::FindInMap takes a map and two keys"),
        ("[a]", "a text is needed"),
    ] {
        let fault = value(expression).unwrap_err();
        let place = "resource F, property Environment.Variables.V: ";
        assert!(fault.starts_with(place) && fault.contains(reason), "{expression}: {fault}");
    }
}

#[test]
fn globals_are_merged_and_the_functions_own_values_win() {
    let globals = "Globals: {Function: {Timeout: 9, MemorySize: 512, CodeUri: functions/,
  Environment: {Variables: {A: global, B: global}}}}\n";
    let template = format!("{globals}{}", function("{Timeout: 4, Environment: {Variables: {B: own}}}"));
    let function = &read(&template).unwrap().functions[0];
    assert_eq!((function.timeout, function.memory_mb), (Duration::from_secs(4), 512));
    assert_eq!(
        function.environment.iter().map(|(n, v)| format!("{n}={v}")).collect::<Vec<_>>(),
        ["A=global", "B=own"]
    );
    assert_eq!((function.id.as_str(), function.binary.as_str()), ("F", "f"));
    assert_eq!(function.code, Path::new("app/functions/"));
}

/// On AWS they are JSON for a machine; here a person reads them.
#[test]
fn log_settings_are_lambdas() {
    let template = function("{LoggingConfig: {LogFormat: JSON, ApplicationLogLevel: !Ref Nowhere}}");
    assert!(read(&template).unwrap().functions[0].environment.is_empty());
}

#[test]
fn a_functions_label_is_its_name_without_the_stacks() {
    let names = |properties: &str| {
        let function = read(&function(properties)).unwrap().functions.remove(0);
        (function.name, function.label)
    };
    let pair = |name: &str, label: &str| (name.to_owned(), label.to_owned());
    assert_eq!(
        names("{FunctionName: !Sub '${AWS::StackName}-get-book'}"),
        pair("local-get-book", "get-book")
    );
    assert_eq!(names("{FunctionName: localized}"), pair("localized", "localized"));
    assert_eq!(names("{FunctionName: local-}"), pair("local-", "local-"));
    assert_eq!(names("{}"), pair("F", "F"));
}

/// A template for production: aliases, deployments, alarms, dashboards, mappings, and rules for parameters.
#[test]
fn what_only_aws_uses_is_passed_over() {
    let properties = "{FunctionName: !Sub '${AWS::StackName}-f', AutoPublishAlias: live, Timeout: !FindInMap [Sizes, small, cpu],
      DeploymentPreference: {Type: !If [Big, Canary10Percent5Minutes, AllAtOnce], Alarms: [!Ref Alarm]},
      ReservedConcurrentExecutions: !If [Never, 1, !Ref AWS::NoValue], Tags: {a: !Ref Gone},
      Events: {Get: {Type: HttpApi, Properties: {ApiId: !Ref Api, Method: GET, Path: /f}}}}";
    let rest = "  Alarm:
    Type: AWS::CloudWatch::Alarm
    Properties: {Dimensions: [{Value: !GetAtt F.Version}, {Value: !Ref F.Alias}], AlarmName: !Sub '${Falias}'}
  Logs: {Type: 'AWS::Logs::LogGroup', Properties: {LogGroupName: !Sub '/aws/lambda/${F}'}}
  Api:
    Type: AWS::Serverless::HttpApi
    Properties:
      AccessLogSettings: {DestinationArn: !GetAtt Logs.Arn, Format: '{}'}
      DefaultRouteSettings: {ThrottlingRateLimit: !Ref Gone}
  Board:
    Type: AWS::CloudWatch::Dashboard
    Properties: {DashboardBody: !Sub '{\"region\": \"${AWS::Region}\", \"f\": \"${F}\"}'}
  Paid: {Type: 'AWS::SNS::Topic', Condition: Never, Properties: {Subscription: [!ImportValue x]}}
Rules: {R: {Assertions: [{Assert: !Equals [a, b]}]}}
Outputs: {Url: {Value: !Sub 'https://${Api}.execute-api.${AWS::Region}.${AWS::URLSuffix}'}}
";
    let template = read(&(function(properties) + rest)).unwrap();
    let function = &template.functions[0];
    assert_eq!((function.name.as_str(), function.timeout), ("local-f", Duration::from_secs(1)));
    assert_eq!(function.routes.len(), 1);
}

#[test]
fn defaults_are_sams() {
    let function = &read(&function("{}")).unwrap().functions[0];
    assert_eq!((function.timeout, function.memory_mb), (Duration::from_secs(3), 128));
}

#[test]
fn routes_are_the_http_api_events() {
    let events = "{Events: {A: {Type: HttpApi, Properties: {Path: /a, Method: get}},
      B: {Type: HttpApi, Properties: {Path: '/b/{proxy+}', Method: ANY}}, C: {Type: HttpApi},
      D: {Type: HttpApi, Properties: {Path: $default}}, E: {Type: Schedule, Properties: {Schedule: !Anything x}}}}";
    let path = |method: Option<&str>, path: &str| Route::Path {
        method: method.map(str::to_owned),
        path: path.to_owned(),
    };
    let expected = [path(Some("GET"), "/a"), path(None, "/b/{proxy+}"), Route::Default, Route::Default];
    assert_eq!(read(&function(events)).unwrap().functions[0].routes, expected);
    let fault = read(&function("{Events: {A: {Type: Api}}}")).unwrap_err();
    assert!(fault.starts_with("resource F, property Events.A: only events of Type HttpApi"), "{fault}");
    let fault =
        read(&function("{Events: {A: {Type: HttpApi}}}").replace("Binary: f", "Other: f")).unwrap_err();
    assert!(fault.contains("Metadata.BuildProperties.Binary"), "{fault}");
}

#[test]
fn what_is_not_needed_may_hold_anything() {
    let properties =
        "{Policies: [!ImportValue x, {DynamoDBCrudPolicy: {TableName: !Transform y}}], Tracing: !Weird z}";
    let template =
        function(properties) + "  Alarm: {Type: 'AWS::CloudWatch::Alarm', Properties: {A: !GetAtt No.No}}\n";
    assert!(read(&template).is_ok());
}

#[test]
fn a_resource_whose_condition_fails_is_not_there() {
    let template = function("{}").replace(
        "    Type: AWS::Serverless::Function",
        "    Type: AWS::Serverless::Function\n    Condition: Never",
    );
    assert!(read(&template).unwrap().functions.is_empty());
}

#[test]
fn cors_is_the_apis() {
    let api = |properties: &str| {
        format!("{}  Api: {{Type: 'AWS::Serverless::HttpApi', Properties: {properties}}}\n", function("{}"))
    };
    let cors = |template: String| read(&template).map(|template| template.cors);
    assert_eq!(cors(function("{}")), Ok(None));
    let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
    let expected = CorsConfiguration {
        allow_origins: texts(&["a", "b"]),
        allow_methods: texts(&["GET"]),
        max_age_s: Some("256".to_owned()),
        allow_credentials: true,
        ..CorsConfiguration::default()
    };
    let full = "{AllowOrigins: !Ref Tags, AllowMethods: [GET], MaxAge: !Ref Size, AllowCredentials: true}";
    assert_eq!(cors(api(&format!("{{CorsConfiguration: {full}}}"))), Ok(Some(expected.clone())));
    assert_eq!(
        cors(format!("Globals: {{HttpApi: {{CorsConfiguration: {full}}}}}\n{}", function("{}"))),
        Ok(Some(expected))
    );
    let any = cors(api("{CorsConfiguration: true}")).unwrap().unwrap();
    assert_eq!(any.allow_origins, ["*"]);
    for (origins, refused) in
        [("['*']", true), ("[a, '*']", true), ("!Split [',', 'a,*']", true), ("[a, 'https://*']", false)]
    {
        for credentials in ["true", "'true'", "false"] {
            let both = format!(
                "{{CorsConfiguration: {{AllowOrigins: {origins}, AllowCredentials: {credentials}}}}}"
            );
            let fault = cors(api(&both)).err();
            assert_eq!(fault.is_some(), refused && credentials != "false", "{both}");
            assert!(fault.is_none_or(|fault| fault.contains("must name the origins")), "{both}");
        }
    }
    assert!(cors(api("{StageName: prod}")).unwrap_err().starts_with("resource Api, property StageName"));
    assert!(cors(api("{DefinitionBody: {}}")).unwrap_err().contains("DefinitionBody"));
    assert!(
        cors(api("{}") + "  Other: {Type: 'AWS::Serverless::HttpApi'}\n").unwrap_err().contains("a second")
    );
}

/// As tests change a parameter and hand the template on.
#[test]
fn a_document_that_is_written_as_json_is_the_same_template() {
    let mut document = Document::parse(&function("{MemorySize: !Ref Size}")).unwrap();
    document.root_mut()["Parameters"]["Size"]["Default"] = 512.into();
    let again = Document::parse(&document.root().to_string()).unwrap();
    assert_eq!(again, document);
    assert_eq!(Template::of(&again, Path::new("")).unwrap().functions[0].memory_mb, 512);
}

/// What a resource refers to may be anything, as long as no route depends on it.
#[test]
fn routes_are_read_without_the_rest() {
    let properties =
        "{Timeout: !Ref Needed, Events: {A: {Type: HttpApi, Properties: {Path: /a, Method: get}}}}";
    let document = Document::parse(&function(properties)).unwrap();
    let route = Route::Path { method: Some("GET".to_owned()), path: "/a".to_owned() };
    assert_eq!(document.routes().unwrap(), BTreeMap::from([("F".to_owned(), vec![route])]));
    assert_eq!(document.ids("AWS::Serverless::Function").collect::<Vec<_>>(), ["F"]);
    assert_eq!(document.resource("Table")["Properties"]["TableName"], "posts");
    assert!(document.resource("Gone").is_null());
}
