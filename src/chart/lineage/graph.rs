//! The graph behind a lineage: which arrows are kept, in which layer each box stands, in which order.
//!
//! Invariants: what is kept has no circle, leads from a layer to a later one and is the same for the same spec; the
//! order within layers is found by barycentres (Sugiyama, Tagawa and Toda 1981) and ties keep the order given.

use super::super::spec::LineageEdge;

/// The arrows that can be drawn, and where boxes stand along them.
#[derive(Debug)]
pub(super) struct Graph {
    /// The places of the kept arrows in the spec.
    pub(super) edges: Vec<usize>,
    /// The boxes, each after all that lead to it, and near the last of these.
    pub(super) order: Vec<usize>,
    /// The layer of each box, from 0.
    pub(super) layer: Vec<usize>,
}

impl Graph {
    /// Sorts boxes behind those that lead to them. Arrows to nowhere, doubles and those that would close a circle
    /// are left out.
    pub(super) fn new(count: usize, edges: &[LineageEdge]) -> Self {
        let mut usable: Vec<usize> = (0..edges.len())
            .filter(|&at| edges[at].from < count && edges[at].to < count && edges[at].from != edges[at].to)
            .collect();
        usable.sort_by_key(|&at| (edges[at].from, edges[at].to, edges[at].kind, at));
        usable.dedup_by_key(|at| (edges[*at].from, edges[*at].to));
        let mut following = vec![Vec::new(); count];
        let mut open = vec![0_usize; count];
        for &at in &usable {
            following[edges[at].from].push(edges[at].to);
            open[edges[at].to] += 1;
        }
        let mut rank = vec![usize::MAX; count];
        let mut order = Vec::with_capacity(count);
        let mut ready: Vec<usize> = (0..count).rev().filter(|&node| open[node] == 0).collect();
        let mut next = 0;
        while order.len() < count {
            let node = ready.pop().unwrap_or_else(|| {
                // A circle, which content cannot have: it is cut open at the first of its boxes.
                while rank[next] != usize::MAX {
                    next += 1;
                }
                next
            });
            if rank[node] != usize::MAX {
                continue;
            }
            rank[node] = order.len();
            order.push(node);
            let before = ready.len();
            for &to in &following[node] {
                open[to] = open[to].saturating_sub(1);
                if open[to] == 0 && rank[to] == usize::MAX {
                    ready.push(to);
                }
            }
            // The first comes first off the stack.
            ready[before..].sort_unstable_by(|one, other| other.cmp(one));
        }
        let edges: Vec<(usize, &LineageEdge)> =
            usable.into_iter().map(|at| (at, &edges[at])).filter(|(_, edge)| rank[edge.from] < rank[edge.to]).collect();
        let layer = layers(count, &order, &edges);
        Self { edges: edges.into_iter().map(|(at, _)| at).collect(), order, layer }
    }

    /// How many layers there are.
    pub(super) fn depth(&self) -> usize {
        self.layer.iter().max().map_or(0, |deepest| deepest + 1)
    }
}

/// Each box stands right behind the last that leads to it; those that nothing leads to, right before the first that
/// they lead to.
fn layers(count: usize, order: &[usize], edges: &[(usize, &LineageEdge)]) -> Vec<usize> {
    let mut to_of = vec![Vec::new(); count];
    let mut is_led_to = vec![false; count];
    for (_, edge) in edges {
        to_of[edge.from].push(edge.to);
        is_led_to[edge.to] = true;
    }
    let mut layer = vec![0; count];
    for &node in order {
        for &to in &to_of[node] {
            layer[to] = layer[to].max(layer[node] + 1);
        }
    }
    for &node in order.iter().filter(|&&node| !is_led_to[node]) {
        if let Some(first) = to_of[node].iter().map(|&to| layer[to]).min() {
            layer[node] = first - 1;
        }
    }
    layer
}

/// Orders layers so that lines between neighbouring layers cross little. `lines` join places of items, which are
/// numbered over all layers.
pub(super) fn uncross(layers: &mut [Vec<usize>], lines: &[(usize, usize)]) {
    let count = layers.iter().flatten().max().map_or(0, |most| most + 1);
    let (mut above, mut below) = (vec![Vec::new(); count], vec![Vec::new(); count]);
    for &(from, to) in lines {
        above[to].push(from);
        below[from].push(to);
    }
    let mut best = (crossings(layers, lines, count), layers.to_vec());
    for sweep in 0..8 {
        let places = |layers: &[Vec<usize>]| {
            let mut place = vec![0.0; count];
            for layer in layers {
                for (at, &item) in layer.iter().enumerate() {
                    place[item] = at as f64;
                }
            }
            place
        };
        let down = sweep % 2 == 0;
        let neighbours = if down { &above } else { &below };
        let mut turns: Vec<usize> = (0..layers.len()).collect();
        if !down {
            turns.reverse();
        }
        for turn in turns {
            let place = places(layers);
            let mean = |item: &usize| match neighbours[*item].as_slice() {
                [] => place[*item],
                several => several.iter().map(|&other| place[other]).sum::<f64>() / several.len() as f64,
            };
            layers[turn].sort_by(|one, other| mean(one).total_cmp(&mean(other)));
        }
        let crossed = crossings(layers, lines, count);
        if crossed < best.0 {
            best = (crossed, layers.to_vec());
        }
    }
    layers.clone_from_slice(&best.1);
}

fn crossings(layers: &[Vec<usize>], lines: &[(usize, usize)], count: usize) -> usize {
    let mut place = vec![(0, 0); count];
    for (number, layer) in layers.iter().enumerate() {
        for (at, &item) in layer.iter().enumerate() {
            place[item] = (number, at);
        }
    }
    let cross = |one: &(usize, usize), other: &(usize, usize)| {
        place[one.0].0 == place[other.0].0
            && (place[one.0].1 < place[other.0].1) != (place[one.1].1 < place[other.1].1)
            && place[one.0].1 != place[other.0].1
            && place[one.1].1 != place[other.1].1
    };
    (lines.iter().enumerate()).map(|(at, one)| lines[..at].iter().filter(|other| cross(one, other)).count()).sum()
}

/// Places items of one layer as near as can be to where they want their middles, in order and apart: heights and
/// wishes in, upper edges out (pooling of neighbours that push each other).
pub(super) fn settle(items: &[(f64, f64)], apart: f64) -> Vec<f64> {
    // A pool is a run of items that touch: how far its first middle wants to be, how many wishes, where it starts.
    let mut pools: Vec<(f64, usize)> = Vec::new();
    let mut offsets = Vec::with_capacity(items.len());
    let mut down = 0.0;
    for (at, &(height, wish)) in items.iter().enumerate() {
        if at > 0 {
            down += (items[at - 1].0 + height) / 2.0 + apart;
        }
        offsets.push(down);
        let mut pool = (wish - down, 1);
        while let Some(&(sum, count)) = pools.last() {
            if sum / (count as f64) < pool.0 / pool.1 as f64 {
                break;
            }
            pools.pop();
            pool = (pool.0 + sum, pool.1 + count);
        }
        pools.push(pool);
    }
    let starts = pools.iter().flat_map(|&(sum, count)| std::iter::repeat_n(sum / count as f64, count));
    (starts.zip(&offsets).zip(items)).map(|((start, offset), (height, _))| start + offset - height / 2.0).collect()
}
