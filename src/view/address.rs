//! The view in the address: what stands after `#`. A version and fields; what is not understood is left out and said.
//!
//! ```text
//! #v1&only=from%3Ashop.example+-outcome%3Aforwarded
//! ```

use dmarcscope::analysis::Filter;

/// The version of the form that this build writes.
const VERSION: &str = "v1";

/// The address of a view, without the `#`; empty for the plain view.
pub fn write(filter: &Filter) -> String {
    if filter.clauses.is_empty() {
        return String::new();
    }
    let mut fields = form_urlencoded::Serializer::new(VERSION.to_owned());
    fields.append_pair("only", &filter.to_string());
    fields.finish()
}

/// The view of an address, and the parts of it that were left out.
pub fn read(hash: &str) -> (Filter, Vec<String>) {
    let (mut filter, mut bad) = (Filter::default(), Vec::new());
    for (name, value) in form_urlencoded::parse(hash.trim_start_matches('#').as_bytes()) {
        match (&*name, &*value) {
            (VERSION, "") => {}
            ("only", text) => match text.parse::<Filter>() {
                Ok(read) => filter = read,
                Err(_) => bad.push(text.to_owned()),
            },
            (name, "") => bad.push(name.to_owned()),
            (name, value) => bad.push(format!("{name}={value}")),
        }
    }
    (filter, bad)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_view_survives_its_address() {
        let filter: Filter = "from:shop.example,\"a, b\" -ip:203.0.113.0/24 period:2026-10".parse().unwrap();
        assert!(write(&filter).starts_with("v1&only=from%3A"), "{}", write(&filter));
        assert_eq!(read(&write(&filter)), (filter, vec![]));
        assert_eq!(write(&Filter::default()), "");
        assert_eq!(read(""), (Filter::default(), vec![]));
    }

    #[test]
    fn what_is_not_understood_is_left_out_and_said() {
        let (filter, bad) = read("#v1&only=verdict%3Afail&tab=map&junk");
        assert_eq!(filter.to_string(), "verdict:fail");
        assert_eq!(bad, ["tab=map", "junk"]);
        assert_eq!(read("#v1&only=nonsense").1, ["nonsense"]);
    }
}
