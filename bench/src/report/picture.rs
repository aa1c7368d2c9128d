//! The picture in docs/performance.md: what a cold start and a request cost, in bars of one scale a panel,
//! from zero.

use std::fmt::Write as _;

use super::goals::{FLOOR, NODE, PYTHON};
use crate::{measured::Figures, results::Results, stats::number};

const WIDTH: u32 = 880;
/// Where the bars begin, after the names.
const LEFT: u32 = 210;
/// The longest bar. What is behind it is for its figure.
const LONGEST: f64 = 480.0;
const BAR: u32 = 22;
const STEP: u32 = 30;
const PANEL: u32 = 174;
const TOP: u32 = 92;
const FOOT: u32 = 40;

/// A panel: its title, its unit, its digits, and what it shows of a function.
type Panel = (&'static str, &'static str, usize, fn(&Figures) -> f64);

const PANELS: [Panel; 4] = [
    ("Cold start: from the start of the process to the first answer", "ms", 1, |one| one.answer_wall_ms.p50),
    ("Cold start: CPU time to the first answer", "ms", 1, |one| one.answer_cpu_ms.p50),
    ("Warm: CPU time of a request", "µs", 0, |one| one.warm_cpu_us),
    ("Memory: the most it ever had", "MB", 1, |one| number(one.peak_memory_bytes) / 1e6),
];

/// An SVG with colours of its own, for a light page and for a dark one.
const STYLE: &str = "
  text { font: 14px system-ui, -apple-system, 'Segoe UI', Helvetica, Arial, sans-serif; fill: #1f2328 }
  .title { font-size: 20px; font-weight: 600 }
  .panel { font-weight: 600 }
  .small { font-size: 12px; fill: #59636e }
  .card { fill: #ffffff; stroke: #d1d9e0 }
  .ours { fill: #d4500c }
  .other { fill: #8c959f }
  .strong { font-weight: 600 }
  @media (prefers-color-scheme: dark) {
    text { fill: #f0f6fc }
    .small { fill: #9198a1 }
    .card { fill: #0d1117; stroke: #3d444d }
    .ours { fill: #f0883e }
    .other { fill: #656c76 }
  }
";

/// Draws ours, which is the first, and its peers.
pub(crate) fn draw(results: &Results) -> String {
    let panels = u32::try_from(PANELS.len()).unwrap_or_default();
    let height = TOP + panels * PANEL + FOOT;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" width=\"{WIDTH}\" \
         height=\"{height}\" role=\"img\" aria-label=\"What a cold start and a request cost, beside Node.js and Python\">\n\
         <style>{STYLE}</style>\n\
         <rect class=\"card\" x=\"0.5\" y=\"0.5\" width=\"{}\" height=\"{}\" rx=\"8\"/>\n",
        WIDTH - 1,
        height - 1,
    );
    let route = results.compared.as_deref().unwrap_or_default();
    text(&mut svg, (24, 40), "title", &format!("What {route} costs in a Lambda function"));
    text(
        &mut svg,
        (24, 64),
        "small",
        "Shorter is better; each panel has its own scale, from zero. Over Lambda's Runtime API, with a DynamoDB that \
         answers at once.",
    );
    let mut top = TOP;
    for panel in PANELS {
        draw_panel(&mut svg, top, panel, &results.peers);
        top += PANEL;
    }
    let machine = &results.machine;
    let foot = format!(
        "{}, {} cores, {} · medians of {} cold starts and of {} warm requests, in turn",
        machine.cpu,
        machine.cores,
        results.date.split('T').next().unwrap_or_default(),
        results.effort.runs,
        results.effort.invocations,
    );
    text(&mut svg, (24, height - 20), "small", &foot);
    svg.push_str("</svg>\n");
    svg
}

fn draw_panel(svg: &mut String, top: u32, (title, unit, digits, of): Panel, all: &[Figures]) {
    text(svg, (24, top + 14), "panel", title);
    let most = all.iter().map(of).fold(0.0, f64::max);
    let ours = all.first().map(of);
    let mut y = top + 28;
    for (number, one) in all.iter().enumerate() {
        let value = of(one);
        let is_ours = number == 0;
        // A bar of nothing would be no bar.
        let width = if most > 0.0 { (value / most * LONGEST).max(1.5) } else { 0.0 };
        let (class, strong) = if is_ours { ("ours", "strong") } else { ("other", "") };
        let name = if is_ours { "this project (Rust)" } else { label(&one.name) };
        text(svg, (24, y + 16), strong, name);
        let _ = writeln!(
            svg,
            "<rect class=\"{class}\" x=\"{LEFT}\" y=\"{y}\" width=\"{width:.1}\" height=\"{BAR}\" rx=\"2\"/>"
        );
        let mut figure = format!("{value:.digits$} {unit}");
        if let Some(ours) = ours.filter(|ours| *ours > 0.0 && value > *ours && !is_ours) {
            let _ = write!(figure, "  · {:.0} times", value / ours);
        }
        let x = f64::from(LEFT) + width + 8.0;
        let _ = writeln!(
            svg,
            "<text x=\"{x:.1}\" y=\"{}\" class=\"{strong}\">{}</text>",
            y + 16,
            escape(&figure)
        );
        y += STEP;
    }
}

fn label(name: &str) -> &str {
    match name {
        NODE => "Node.js, AWS SDK v3",
        PYTHON => "Python, boto3",
        FLOOR => "C, answers a constant",
        other => other,
    }
}

fn text(svg: &mut String, (x, y): (u32, u32), class: &str, text: &str) {
    let _ = writeln!(svg, "<text x=\"{x}\" y=\"{y}\" class=\"{class}\">{}</text>", escape(text));
}

/// Text within an element.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_cannot_break_the_picture() {
        assert_eq!(escape("a < b & c > d"), "a &lt; b &amp; c &gt; d");
    }
}
