//! What stands around the data in a page that is one file.

use wasm_bindgen::prelude::JsValue;
use wasm_bindgen_futures::JsFuture;

use super::super::launcher::fetch;

/// The viewer without any data, beside the page.
const VIEWER: &str = "single.html";
/// What stands in it where the view, the figures and the data come.
const PLACES: [&str; 3] = ["@@VIEW@@", "<!--@@FIGURES@@-->", "<!--@@DATA@@-->"];

/// What comes before the data and what after it: the viewer, which opens on this view, and the headline figures as plain HTML.
pub async fn around(view: &str, title: &str, headline: &[(String, String)]) -> Result<(String, String), JsValue> {
    let text = JsFuture::from(fetch(VIEWER).await?.text()?).await?.as_string().unwrap_or_default();
    let wrong = || JsValue::from(VIEWER);
    let [of_view, of_figures, of_data] = PLACES;
    let (before, after) = text.split_once(of_data).ok_or_else(wrong)?;
    let (first, rest) = before.split_once(of_figures).ok_or_else(wrong)?;
    let rows = headline.iter().map(|(name, value)| format!("<tr><th>{}</th><td>{}</td></tr>", safe(name), safe(value)));
    let figures = format!("<h1>{}</h1><table>{}</table>", safe(title), rows.collect::<String>());
    let list = "<script type=\"text/plain\" data-part=\"reports/index.txt\">cmVwb3J0cy56aXAK</script>\n";
    let data = "<script type=\"text/plain\" data-part=\"reports/reports.zip\">";
    let before = format!("{}{figures}{rest}{list}{data}", first.replace(of_view, &safe(view)));
    Ok((before, format!("</script>{after}")))
}

/// A text as HTML has it, in attributes too.
pub fn safe(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
