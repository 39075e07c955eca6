//! Labels of policy domains: their figures, naming, and files of them.

mod file;
mod form;
mod list;

pub use form::LabelForm;
pub use list::LabelList;
