//! Labels of policy domains: their figures, naming, and files of them, dropped or beside the page.

mod beside;
pub mod file;
mod form;
mod list;

pub use beside::take_beside;
pub use form::LabelForm;
pub use list::LabelList;
