//! The region, account and stack that a local run stands for, and the ARNs of what is in them. Region and
//! account are what the embedded database puts into its own ARNs.

/// `AWS::Region`.
pub const REGION: &str = "us-east-1";
/// `AWS::AccountId`.
pub const ACCOUNT: &str = "000000000000";
/// `AWS::StackName`.
pub const STACK: &str = "local";
/// `AWS::StackId`.
pub const STACK_ID: &str =
    "arn:aws:cloudformation:us-east-1:000000000000:stack/local/00000000-0000-0000-0000-000000000000";

/// The ARN of a function.
#[must_use]
pub fn function_arn(name: &str) -> String {
    format!("arn:aws:lambda:{REGION}:{ACCOUNT}:function:{name}")
}

/// The ARN of a table.
#[must_use]
pub fn table_arn(name: &str) -> String {
    format!("arn:aws:dynamodb:{REGION}:{ACCOUNT}:table/{name}")
}

/// Who calls with a function's credentials.
#[must_use]
pub fn session_arn(role: &str) -> String {
    format!("arn:aws:sts::{ACCOUNT}:assumed-role/{role}")
}
