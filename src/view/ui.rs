use std::ops::Deref;
use std::rc::Rc;

use yew::prelude::*;

use dmarcscope::text::Words;

/// The words, for every component: given once at the top.
#[derive(Clone, Debug)]
pub struct Ui(pub Rc<Words>);

impl PartialEq for Ui {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Deref for Ui {
    type Target = Words;

    fn deref(&self) -> &Words {
        &self.0
    }
}

/// The words of the page. Without any around (which is a fault of ours) plain English.
#[hook]
pub fn use_words() -> Ui {
    let given = use_context::<Ui>();
    use_memo(given, |given| {
        given.clone().unwrap_or_else(|| Ui(Rc::new(Words::english(Box::new(dmarcscope::text::Plain)))))
    })
    .deref()
    .clone()
}
