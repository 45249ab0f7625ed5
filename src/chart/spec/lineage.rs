//! What a lineage shows: which documents carry out or change which.

use super::Head;

/// Documents as boxes, in layers from those that start it all to those that carry it out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Lineage {
    /// The words around it.
    pub head: Head,
    /// The boxes. Those that nothing leads to stand first; the order decides between equals.
    pub nodes: Vec<LineageNode>,
    /// The arrows between them; those to boxes that do not exist, and those against the others, are left out.
    pub edges: Vec<LineageEdge>,
    /// What a solid arrow means ("thực hiện"); shown where there are dashed ones too.
    pub legend_implements: String,
    /// What a dashed arrow means ("sửa đổi, bổ sung").
    pub legend_amends: String,
    /// What stands in the picture when there is no box.
    pub empty: String,
}

/// One box of a [`Lineage`].
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LineageNode {
    /// Its number, or its kind ("01-CT/TU"); in bold, two lines at most.
    pub name: String,
    /// Its title; three lines at most, whole in the box's title.
    pub title: String,
    /// Who issued it.
    pub issuer: String,
    /// When, formatted; may be empty.
    pub date: String,
    /// What it is to the picture.
    pub role: LineageRole,
}

/// What a box is to its picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum LineageRole {
    /// A document among others.
    #[default]
    Other,
    /// The document that the page is about.
    Current,
    /// No document: how many are left out ("và 23 văn bản khác", as its name).
    More,
}

/// One arrow of a [`Lineage`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineageEdge {
    /// The place of the document that is carried out or changed.
    pub from: usize,
    /// The place of the document that does so.
    pub to: usize,
    /// What it does.
    pub kind: LineageKind,
    /// How much later it was issued ("sau 101 ngày"); may be empty.
    pub label: String,
}

/// What a document does to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum LineageKind {
    /// Carries it out: a solid arrow.
    #[default]
    Implements,
    /// Changes or supplements it: a dashed arrow.
    Amends,
}
