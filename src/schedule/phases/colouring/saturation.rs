//! The first colouring: always colours the vertex with the fewest colours left (DSATUR, Brélaz 1979).

use super::graph::Graph;

/// The colour of each vertex, numbered from 0 without gaps. O(n² + edges).
pub fn colour(graph: &Graph) -> Vec<u16> {
    let len = graph.len();
    let mut colours = vec![u16::MAX; len];
    // Per vertex, a flag for each colour that a neighbour has; grows with the colours in use.
    let mut seen: Vec<Vec<bool>> = vec![Vec::new(); len];
    let mut saturation = vec![0usize; len];
    for _ in 0..len {
        let open = (0..len).filter(|&vertex| colours[vertex] == u16::MAX);
        let urgency =
            |&vertex: &usize| (saturation[vertex], graph.neighbours(vertex).len(), std::cmp::Reverse(vertex));
        let Some(vertex) = open.max_by_key(urgency) else { break };
        let colour = seen[vertex].iter().position(|&taken| !taken).unwrap_or(seen[vertex].len());
        colours[vertex] = colour as u16;
        for &neighbour in graph.neighbours(vertex) {
            let flags = &mut seen[neighbour as usize];
            if flags.len() <= colour {
                flags.resize(colour + 1, false);
            }
            saturation[neighbour as usize] += usize::from(!flags[colour]);
            flags[colour] = true;
        }
    }
    colours
}
