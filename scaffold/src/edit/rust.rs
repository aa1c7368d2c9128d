//! Rust files: lists of modules, of imports and of values, and functions.

use std::ops::Range;

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::{
    Expr, File, Item, MacroDelimiter, Member, Stmt, Token, UseTree, punctuated::Punctuated, spanned::Spanned,
};

use crate::Error;

/// Declares a module, among the others in the order of the alphabet. Other attributes of a file stay.
pub(crate) fn add_module(text: &str, name: &str) -> Result<String, Error> {
    let file = parse(text)?;
    let line = format!("mod {name};\n");
    let modules = file.items.iter().filter_map(|item| match item {
        Item::Mod(module) if module.content.is_none() && module.attrs.is_empty() => Some(module),
        _ => None,
    });
    let mut place = None;
    for module in modules {
        if module.ident == name {
            return Err(Error::Taken(format!("module `{name}`")));
        }
        let range = module.span().byte_range();
        if module.ident.to_string().as_str() < name {
            place = Some(line_end(text, range.end));
        } else if place.is_none() {
            place = Some(range.start);
        }
    }
    // The first one, where there was none: behind what the file says of itself.
    let inner = file.attrs.last().map_or(0, |attribute| line_end(text, attribute.span().byte_range().end));
    Ok(match place {
        Some(place) => inserted(text, place, &line),
        None => inserted(text, inner, &format!("\n{line}")),
    })
}

/// Adds a `use`, among the others of the same visibility in the order of the alphabet.
pub(crate) fn add_use(text: &str, line: &str) -> Result<String, Error> {
    let file = parse(text)?;
    let uses: Vec<_> = file
        .items
        .iter()
        .filter_map(|item| match item {
            Item::Use(item) => Some(item.span().byte_range()),
            _ => None,
        })
        .filter(|range| text[range.clone()].starts_with("pub") == line.starts_with("pub"))
        .collect();
    let before = uses.iter().rfind(|range| &text[(*range).clone()] < line);
    let is_module = |item: &&Item| matches!(item, Item::Mod(module) if module.attrs.is_empty());
    Ok(match (before, uses.first(), file.items.iter().rfind(is_module)) {
        (Some(before), ..) => inserted(text, line_end(text, before.end), &format!("{line}\n")),
        (None, Some(first), _) => inserted(text, first.start, &format!("{line}\n")),
        (None, None, Some(module)) => {
            inserted(text, line_end(text, module.span().byte_range().end), &format!("\n{line}\n"))
        }
        (None, None, None) => format!("{text}\n{line}\n"),
    })
}

/// Takes a module's declaration and the imports from it out.
pub(crate) fn remove_module(text: &str, name: &str) -> Result<String, Error> {
    let file = parse(text)?;
    let is_gone = |item: &&Item| match item {
        Item::Mod(module) => module.ident == name && module.content.is_none(),
        Item::Use(item) => matches!(&item.tree, UseTree::Path(path) if path.ident == name),
        _ => false,
    };
    let gone: Vec<_> = file.items.iter().filter(is_gone).map(|item| item.span().byte_range()).collect();
    Ok(without_lines(text, gone))
}

/// Whether a file declares modules.
pub(crate) fn has_modules(text: &str) -> Result<bool, Error> {
    Ok(parse(text)?.items.iter().any(|item| matches!(item, Item::Mod(module) if module.content.is_none())))
}

/// Adds a value to the array that a constant or static is, or refers to.
pub(crate) fn push(text: &str, list: &str, value: &str) -> Result<String, Error> {
    let elements = list_elements(text, list)?;
    let line = format!("{value},\n");
    Ok(match elements.last() {
        Some(element) => inserted(text, element.end, &format!(", {value}")),
        None => inserted(text, list_inside(text, list)?.start, &line),
    })
}

/// Takes the values out of such an array whose text meets the condition.
pub(crate) fn remove_elements(
    text: &str,
    list: &str,
    is_unwanted: impl Fn(&str) -> bool,
) -> Result<String, Error> {
    Ok(without_elements(text, list_elements(text, list)?.into_iter(), is_unwanted))
}

/// The texts in quotes of each value of such an array.
pub(crate) fn texts_of_elements(text: &str, list: &str) -> Result<Vec<Vec<String>>, Error> {
    let array = list_expression(text, list)?;
    Ok(array.elems.iter().map(|element| literals(element.to_token_stream())).collect())
}

/// Adds a value to the array in a field of a constant, such as `failures: &[…]`. A field that the constant
/// takes from another (`..Route::PLAIN`) is written out.
pub(crate) fn push_in_field(text: &str, constant: &str, field: &str, value: &str) -> Result<String, Error> {
    let missing = || Error::Missing(format!("there is no constant `{constant}` with fields"));
    let expression = parse(text)?.items.into_iter().find_map(|item| match item {
        Item::Const(item) if item.ident == constant => Some(*item.expr),
        _ => None,
    });
    let Some(Expr::Struct(fields)) = expression else { return Err(missing()) };
    let own = fields.fields.iter().find(|own| matches!(&own.member, Member::Named(name) if name == field));
    if let Some(own) = own {
        let Expr::Reference(reference) = &own.expr else { return Err(missing()) };
        let Expr::Array(array) = &*reference.expr else { return Err(missing()) };
        let at = array.elems.last().map_or_else(
            || array.bracket_token.span.open().byte_range().end,
            |last| last.span().byte_range().end,
        );
        let comma = if array.elems.is_empty() { "" } else { ", " };
        return Ok(inserted(text, at, &format!("{comma}{value}")));
    }
    let last = fields.fields.last().ok_or_else(missing)?;
    Ok(inserted(text, last.span().byte_range().end, &format!(", {field}: &[{value}]")))
}

/// Puts a value at the beginning of the `vec![…]` that a function returns.
pub(crate) fn push_first_in_vec(text: &str, function: &str, value: &str) -> Result<String, Error> {
    let file = parse(text)?;
    let body = file
        .items
        .iter()
        .find_map(|item| match item {
            Item::Fn(item) if item.sig.ident == function => Some(item),
            _ => None,
        })
        .ok_or_else(|| Error::Missing(format!("there is no function `{function}`")))?;
    let inside = returned_vec(body)
        .and_then(|call| match &call.delimiter {
            MacroDelimiter::Bracket(bracket) => Some(bracket.span.open().byte_range().end),
            _ => None,
        })
        .ok_or_else(|| Error::Missing(format!("`{function}` does not end with `vec![…]`")))?;
    Ok(inserted(text, inside, &format!("\n{value},\n")))
}

/// Takes the values out of the `vec![…]` that a function returns whose text meets the condition.
pub(crate) fn remove_from_vec(
    text: &str,
    function: &str,
    is_unwanted: impl Fn(&str) -> bool,
) -> Result<String, Error> {
    let file = parse(text)?;
    let Some(call) = file.items.iter().find_map(|item| match item {
        Item::Fn(item) if item.sig.ident == function => returned_vec(item),
        _ => None,
    }) else {
        return Ok(text.to_owned());
    };
    let elements = call
        .parse_body_with(Punctuated::<Expr, Token![,]>::parse_terminated)
        .map_err(|error| Error::Unreadable(error.to_string()))?;
    Ok(without_elements(text, elements.iter().map(|element| element.span().byte_range()), is_unwanted))
}

/// Takes the values out of the array in a field of a constant whose text meets the condition.
pub(crate) fn remove_from_field(
    text: &str,
    constant: &str,
    field: &str,
    is_unwanted: impl Fn(&str) -> bool,
) -> Result<String, Error> {
    let expression = parse(text)?.items.into_iter().find_map(|item| match item {
        Item::Const(item) if item.ident == constant => Some(*item.expr),
        _ => None,
    });
    let Some(Expr::Struct(fields)) = expression else { return Ok(text.to_owned()) };
    let own = fields.fields.iter().find(|own| matches!(&own.member, Member::Named(name) if name == field));
    let Some(Expr::Reference(reference)) = own.map(|own| &own.expr) else { return Ok(text.to_owned()) };
    let Expr::Array(array) = &*reference.expr else { return Ok(text.to_owned()) };
    Ok(without_elements(text, array.elems.iter().map(|element| element.span().byte_range()), is_unwanted))
}

/// The test functions, with the texts in quotes that begin with a slash.
pub(crate) fn tests(text: &str) -> Result<Vec<(String, Vec<String>)>, Error> {
    let is_test = |item: &syn::ItemFn| item.attrs.iter().any(|attribute| attribute.path().is_ident("test"));
    let tests = parse(text)?.items.into_iter().filter_map(|item| match item {
        Item::Fn(item) if is_test(&item) => {
            let paths = literals(item.block.to_token_stream());
            let paths = paths.into_iter().filter(|text| text.starts_with('/') && text.len() > 1);
            Some((item.sig.ident.to_string(), paths.collect()))
        }
        _ => None,
    });
    Ok(tests.collect())
}

/// Adds a function behind the others, and before the modules that the file has in itself.
pub(crate) fn add_function(text: &str, function: &str) -> Result<String, Error> {
    let file = parse(text)?;
    let is_inner = |item: &&Item| matches!(item, Item::Mod(module) if module.content.is_some());
    let Some(inner) = file.items.iter().find(is_inner) else {
        return Ok(format!("{}\n\n{function}", text.trim_end()));
    };
    Ok(inserted(text, inner.span().byte_range().start, &format!("{}\n\n", function.trim_end())))
}

/// Takes functions out, with their comments and attributes.
pub(crate) fn remove_functions(text: &str, names: &[String]) -> Result<String, Error> {
    let file = parse(text)?;
    let is_gone =
        |item: &&Item| matches!(item, Item::Fn(item) if names.iter().any(|name| item.sig.ident == name));
    let gone: Vec<_> = file.items.iter().filter(is_gone).map(|item| item.span().byte_range()).collect();
    Ok(without_lines(text, gone))
}

fn returned_vec(function: &syn::ItemFn) -> Option<&syn::Macro> {
    let call = match function.block.stmts.last()? {
        Stmt::Macro(last) => &last.mac,
        Stmt::Expr(Expr::Macro(last), None) => &last.mac,
        _ => return None,
    };
    call.path.is_ident("vec").then_some(call)
}

/// The text without those elements of a list, and the commas behind them.
fn without_elements(
    text: &str,
    elements: impl DoubleEndedIterator<Item = Range<usize>>,
    is_unwanted: impl Fn(&str) -> bool,
) -> String {
    let mut kept = text.to_owned();
    for element in elements.rev().filter(|element| is_unwanted(&text[element.clone()])) {
        // The comments above it are about it.
        let mut begin = element.start;
        while let Some(line) =
            text[..begin].trim_end().lines().next_back().filter(|line| line.trim_start().starts_with("//"))
        {
            begin = text[..begin].trim_end().len() - line.trim_start().len();
        }
        kept.replace_range(begin..comma_end(text, element.end), "");
    }
    kept
}

fn parse(text: &str) -> Result<File, Error> {
    syn::parse_file(text).map_err(|error| Error::Unreadable(error.to_string()))
}

/// The texts in quotes.
fn literals(tokens: TokenStream) -> Vec<String> {
    let literal = |token| match token {
        TokenTree::Group(group) => literals(group.stream()),
        TokenTree::Literal(literal) => match syn::parse_str(&literal.to_string()) {
            Ok(syn::Lit::Str(text)) => vec![text.value()],
            _ => Vec::new(),
        },
        _ => Vec::new(),
    };
    tokens.into_iter().flat_map(literal).collect()
}

fn list_expression(text: &str, list: &str) -> Result<syn::ExprArray, Error> {
    let value = parse(text)?.items.into_iter().find_map(|item| match item {
        Item::Const(item) if item.ident == list => Some(*item.expr),
        Item::Static(item) if item.ident == list => Some(*item.expr),
        _ => None,
    });
    match value {
        Some(Expr::Array(array)) => Ok(array),
        Some(Expr::Reference(reference)) => match *reference.expr {
            Expr::Array(array) => Ok(array),
            _ => Err(Error::Missing(format!("`{list}` is no array"))),
        },
        _ => Err(Error::Missing(format!("there is no array `{list}`"))),
    }
}

fn list_elements(text: &str, list: &str) -> Result<Vec<Range<usize>>, Error> {
    let array = list_expression(text, list)?;
    Ok(array.elems.iter().map(|element| element.span().byte_range()).collect())
}

fn list_inside(text: &str, list: &str) -> Result<Range<usize>, Error> {
    let span = list_expression(text, list)?.bracket_token.span;
    Ok(span.open().byte_range().end..span.close().byte_range().start)
}

fn line_end(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |newline| at + newline + 1)
}

/// The byte behind the comma that follows, or this one where none does.
fn comma_end(text: &str, at: usize) -> usize {
    let rest = &text[at..];
    match rest.trim_start().strip_prefix(',') {
        Some(after) => text.len() - after.trim_start_matches(' ').len(),
        None => at,
    }
}

fn inserted(text: &str, at: usize, what: &str) -> String {
    format!("{}{what}{}", &text[..at], &text[at..])
}

/// The text without the lines of these parts, and without the empty line that parted each from the next.
fn without_lines(text: &str, parts: Vec<Range<usize>>) -> String {
    let mut kept = text.to_owned();
    for part in parts.into_iter().rev() {
        let begin = text[..part.start].rfind('\n').map_or(0, |newline| newline + 1);
        let mut end = line_end(text, part.end);
        if text[..begin].ends_with("\n\n") && text[end..].starts_with('\n') {
            end += 1;
        }
        kept.replace_range(begin..end, "");
    }
    while kept.ends_with("\n\n") {
        kept.pop();
    }
    kept
}

#[cfg(test)]
mod tests;
