//! Labels of policy domains: their figures, naming, and files of them.

pub mod file;
mod form;
mod list;

pub use form::LabelForm;
pub use list::LabelList;
