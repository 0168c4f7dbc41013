//! Combines two colourings: takes the largest colour classes from both in turn (greedy partition crossover:
//! Galinier, Hao 1999).

use crate::schedule::random::Random;

/// A colouring with `count` colours that inherits large classes from both parents, starting with the first.
/// Vertices that inherit nothing get a random colour.
pub fn cross(first: &[u16], second: &[u16], count: usize, random: &mut Random) -> Vec<u16> {
    let len = first.len();
    let mut child = vec![u16::MAX; len];
    let mut sizes = [sizes(first, count), sizes(second, count)];
    let parents = [first, second];
    for colour in 0..count {
        let (giver, other) = (colour % 2, 1 - colour % 2);
        let most = sizes[giver].iter().copied().max().unwrap_or(0);
        if most == 0 {
            continue;
        }
        let begin = random.below(count);
        let largest = (begin..count).chain(0..begin).find(|&set| sizes[giver][set] == most).unwrap_or(0);
        for vertex in 0..len {
            if child[vertex] == u16::MAX && usize::from(parents[giver][vertex]) == largest {
                child[vertex] = colour as u16;
                sizes[other][usize::from(parents[other][vertex])] -= 1;
            }
        }
        sizes[giver][largest] = 0;
    }
    for colour in &mut child {
        if *colour == u16::MAX {
            *colour = random.below(count) as u16;
        }
    }
    child
}

fn sizes(colours: &[u16], count: usize) -> Vec<usize> {
    let mut sizes = vec![0; count];
    for &colour in colours {
        sizes[usize::from(colour)] += 1;
    }
    sizes
}
