//! The results as tables of text, which are Markdown too.

use comfy_table::{Cell, CellAlignment, Table, presets::ASCII_MARKDOWN};

use super::goals::{Bound, Goal};
use crate::{measured::Figures, stats::number};

/// A row for each function.
pub(crate) fn functions(all: &[Figures]) -> String {
    let mut table = table(&[
        "function",
        "init ms (CPU)",
        "first answer ms (CPU)",
        "warm µs p50",
        "p99",
        "CPU",
        "memory MB",
        "file MB",
        "zip MB",
    ]);
    for one in all {
        table.add_row(row(&[
            one.name.clone(),
            format!("{:.1} ({:.1})", one.init_wall_ms.p50, one.init_cpu_ms.p50),
            format!("{:.1} ({:.1})", one.answer_wall_ms.p50, one.answer_cpu_ms.p50),
            format!("{:.0}", one.warm_wall_us.p50),
            format!("{:.0}", one.warm_wall_us.p99),
            format!("{:.0}", one.warm_cpu_us),
            megabytes(Some(one.peak_memory_bytes), 1),
            megabytes(one.file_bytes, 2),
            megabytes(one.zip_bytes, 2),
        ]));
    }
    table.to_string()
}

/// A row for each function with how many times the first one's cost it has.
pub(crate) fn ratios(all: &[Figures]) -> String {
    let Some(first) = all.first() else { return String::new() };
    let times = format!("times {}", first.name);
    let mut table = table(&[times.as_str(), "first answer", "its CPU", "warm p50", "its CPU", "memory"]);
    for one in all.iter().skip(1) {
        let times = |of: fn(&Figures) -> f64| format!("{:.2}", of(one) / of(first));
        table.add_row(row(&[
            one.name.clone(),
            times(|one| one.answer_wall_ms.p50),
            times(|one| one.answer_cpu_ms.p50),
            times(|one| one.warm_wall_us.p50),
            times(|one| one.warm_cpu_us),
            times(|one| number(one.peak_memory_bytes)),
        ]));
    }
    table.to_string()
}

/// A row for each goal.
pub(crate) fn goals(all: &[Goal]) -> String {
    let mut table = table(&["", "goal", "measured", ""]);
    for goal in all {
        let bound = match goal.bound {
            Bound::AtLeast(bound) => format!("at least {bound}"),
            Bound::AtMost(bound) => format!("at most {bound}"),
        };
        table.add_row(row(&[
            goal.what.clone(),
            format!("{bound} {}", goal.unit),
            format!("{:.2}", goal.measured),
            if goal.is_met() { "met".to_owned() } else { "MISSED".to_owned() },
        ]));
    }
    table.to_string()
}

pub(crate) fn table(header: &[&str]) -> Table {
    let mut table = Table::new();
    table.load_style(ASCII_MARKDOWN);
    table.set_header(row(&header.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>()));
    table
}

/// Names to the left, figures to the right.
pub(crate) fn row(cells: &[String]) -> Vec<Cell> {
    let align = |number| if number == 0 { CellAlignment::Left } else { CellAlignment::Right };
    cells.iter().enumerate().map(|(number, cell)| Cell::new(cell).set_alignment(align(number))).collect()
}

fn megabytes(bytes: Option<u64>, digits: usize) -> String {
    bytes.map_or_else(|| "–".to_owned(), |bytes| format!("{:.digits$}", number(bytes) / 1e6))
}
