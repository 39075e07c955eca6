use yew::prelude::*;

/// The letter's flap, which is cut out of the lens.
const FLAP: &str = "M-.5 5.2l9 9L21 3.5";
const HANDLE: &str = "M15.6 18.4a2 2 0 0 1 2.8-2.8l5 5a2 2 0 0 1-2.8 2.8z";

/// The product's mark, as in `styles/icon.svg`.
pub fn mark() -> Html {
    html! {
        <svg class="mark" viewBox="0 0 24 24" aria-hidden="true">
            <mask id="mark-cut">
                <path fill="#fff" d="M0 0h24v24H0z" />
                <path fill="none" stroke="#000" stroke-width="2.6" d={FLAP} />
            </mask>
            <circle cx="10" cy="10" r="10" mask="url(#mark-cut)" />
            <path d={HANDLE} />
        </svg>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_icon_is_the_same_drawing() {
        let icon = include_str!("../../styles/icon.svg");
        for path in [FLAP, HANDLE, "stroke-width=\"2.6\"", "<circle cx=\"10\" cy=\"10\" r=\"10\""] {
            assert!(icon.contains(path), "{path}");
        }
    }
}
