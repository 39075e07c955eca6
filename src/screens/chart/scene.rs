//! What a chart consists of once it is drawn: plain shapes with classes, without colours and without a browser.

/// Side of a text that its `x` belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// The text begins at `x`.
    Start,
    /// The text is centred on `x`.
    Middle,
    /// The text ends at `x`.
    End,
}

/// One shape. Lengths are user units of the SVG; looks come from the class alone, by way of the style sheet.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// An upright filled rectangle.
    Rect {
        /// Left edge.
        x: f64,
        /// Upper edge.
        y: f64,
        /// Width.
        w: f64,
        /// Height.
        h: f64,
        /// Class of the shape.
        class: &'static str,
    },
    /// A stroked run of straight lines.
    Path {
        /// The corners, two or more.
        points: Vec<(f64, f64)>,
        /// Class of the shape.
        class: &'static str,
    },
    /// A filled polygon; the last corner joins the first.
    Polygon {
        /// The corners.
        points: Vec<(f64, f64)>,
        /// Class of the shape.
        class: &'static str,
    },
    /// A filled circle.
    Circle {
        /// Centre.
        centre: (f64, f64),
        /// Radius.
        r: f64,
        /// Class of the shape.
        class: &'static str,
    },
    /// One line of text.
    Text {
        /// Where the anchor stands.
        x: f64,
        /// Baseline.
        y: f64,
        /// Which side of the text stands at `x`.
        anchor: Anchor,
        /// The words.
        text: String,
        /// Class of the shape.
        class: &'static str,
    },
    /// Shapes of one class that follow one another.
    Group {
        /// Class of the group, and of every shape in it.
        class: &'static str,
        /// The shapes, bottom first.
        nodes: Vec<Node>,
    },
}

impl Node {
    /// Class of the shape.
    pub fn class(&self) -> &'static str {
        match self {
            Node::Rect { class, .. }
            | Node::Path { class, .. }
            | Node::Polygon { class, .. }
            | Node::Circle { class, .. }
            | Node::Text { class, .. }
            | Node::Group { class, .. } => class,
        }
    }
}

/// A finished drawing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scene {
    /// Width of the view box.
    pub width: u32,
    /// Height of the view box.
    pub height: u32,
    /// The groups, bottom first.
    pub groups: Vec<Node>,
}

impl Scene {
    /// Gathers neighbours of one class into groups. The order of painting stays as it is.
    pub fn new(width: u32, height: u32, nodes: Vec<Node>) -> Self {
        let mut groups: Vec<Node> = Vec::new();
        for node in nodes {
            match groups.last_mut() {
                Some(Node::Group { class, nodes }) if *class == node.class() => nodes.push(node),
                _ => groups.push(Node::Group { class: node.class(), nodes: vec![node] }),
            }
        }
        Self { width, height, groups }
    }

    /// All shapes, bottom first, without the groups around them.
    #[cfg(test)]
    pub fn shapes(&self) -> impl Iterator<Item = &Node> {
        self.groups.iter().flat_map(|group| match group {
            Node::Group { nodes, .. } => nodes.as_slice(),
            shape => std::slice::from_ref(shape),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dot(class: &'static str) -> Node {
        Node::Circle { centre: (0.0, 0.0), r: 1.0, class }
    }

    #[test]
    fn neighbours_of_a_class_become_one_group_in_order() {
        let scene = Scene::new(10, 10, vec![dot("a"), dot("a"), dot("b"), dot("a")]);
        let classes: Vec<_> = scene.groups.iter().map(Node::class).collect();
        assert_eq!(classes, ["a", "b", "a"]);
        assert_eq!(scene.shapes().count(), 4);
    }
}
