//! The file that a macro is told of.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

pub(crate) struct Source {
    name: String,
    path: PathBuf,
    bytes: Vec<u8>,
}

impl Source {
    /// Reads the file whose path is the argument of a macro, as the compiler writes it.
    pub(crate) fn read(argument: &str) -> Result<Self, String> {
        let name = argument.strip_prefix('"').and_then(|name| name.strip_suffix('"'));
        let name = name.filter(|name| !name.contains(['"', '\\']));
        let name = name.ok_or_else(|| format!("expected one path in quotes, not {argument}"))?;
        let package = env::var_os("CARGO_MANIFEST_DIR").ok_or("cargo names no package")?;
        let path = Path::new(&package).join(name);
        let bytes = fs::read(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        Ok(Self { name: name.to_owned(), path, bytes })
    }

    /// As it is written in the code.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    pub(crate) fn path(&self) -> Result<&str, String> {
        self.path.to_str().ok_or_else(|| format!("{} is not UTF-8", self.path.display()))
    }

    pub(crate) fn text(&self) -> Result<&str, String> {
        str::from_utf8(&self.bytes).map_err(|error| error.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::Source;

    fn error(argument: &str) -> String {
        Source::read(argument).err().unwrap_or_default()
    }

    #[test]
    fn a_path_is_relative_to_the_package() {
        let source = Source::read("\"src/source.rs\"").map_err(|error| panic!("{error}"));
        assert!(source.is_ok_and(|source| source.text() == Ok(include_str!("source.rs"))));
    }

    #[test]
    fn what_is_no_file_is_told_in_a_sentence() {
        assert!(
            error("\"src/gone.html\"")
                .ends_with("embed/src/gone.html: No such file or directory (os error 2)")
        );
        for argument in ["", "path", "\"a\", \"b\"", "r\"a\"", "\"a\\n\""] {
            assert_eq!(error(argument), format!("expected one path in quotes, not {argument}"));
        }
    }
}
