//! Drawings as text, and properties of all drawings.

use fixedbitset::FixedBitSet;
use phaseplan::analysis::{Analysis, Conflict, ConflictKind, PairSet};
use phaseplan::layout::{
    Arrangement, Card, Detail, Direction, EdgeKind, LETTER, Letters, Pane, READABLE, Scene, Zoom,
    letters_in_line,
};
use phaseplan::schedule::{Phase, Schedule};
use proptest::prelude::*;

/// A schedule and the lines between its tasks, given directly; other tests cover the scheduling.
#[derive(Debug)]
struct Fixture {
    names: Vec<String>,
    analysis: Analysis,
    schedule: Schedule,
}

impl Fixture {
    /// The first line has the phases, `a b | c`; the others `a > c` (order), `a ~ c` (conflict) or `critical
    /// a c`. The plan has the tasks in order of name.
    fn new(text: &str) -> Fixture {
        let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        let phases: Vec<Vec<&str>> =
            lines.next().unwrap().split('|').map(|phase| phase.split_whitespace().collect()).collect();
        let mut names: Vec<String> = phases.iter().flatten().map(ToString::to_string).collect();
        names.sort();
        let task = |name: &str| names.iter().position(|known| known == name).unwrap();
        let (mut order, mut apart, mut critical) = (Vec::new(), Vec::new(), Vec::new());
        for line in lines {
            let words: Vec<&str> = line.split_whitespace().collect();
            match words[..] {
                ["critical", ..] => critical = words[1..].iter().map(|name| task(name)).collect(),
                [a, ">", b] => order.push((task(a), task(b))),
                [a, "~", b] => apart.push((task(a), task(b))),
                _ => panic!("what is {line}"),
            }
        }
        let phases = phases.iter().map(|phase| phase.iter().map(|name| task(name)).collect()).collect();
        Fixture::from_numbers(names, phases, &order, &apart, critical)
    }

    fn from_numbers(
        names: Vec<String>,
        phases: Vec<Vec<usize>>,
        order: &[(usize, usize)],
        apart: &[(usize, usize)],
        critical_path: Vec<usize>,
    ) -> Fixture {
        let count = names.len();
        let mut analysis = Analysis { apart: PairSet::new(count), ..Analysis::default() };
        analysis.order.predecessors = vec![Vec::new(); count];
        analysis.order.ancestors = vec![FixedBitSet::with_capacity(count); count];
        let mut schedule = Schedule { critical_path, phase_of: vec![None; count], ..Schedule::default() };
        for &(a, b) in order {
            analysis.order.predecessors[b].push(a);
        }
        for mut tasks in phases {
            tasks.sort_unstable();
            for &task in &tasks {
                schedule.phase_of[task] = Some(schedule.phases.len());
                for at in 0..analysis.order.predecessors[task].len() {
                    let before = analysis.order.predecessors[task][at];
                    let mut ancestors = analysis.order.ancestors[before].clone();
                    ancestors.insert(before);
                    analysis.order.ancestors[task].union_with(&ancestors);
                }
            }
            schedule.phases.push(Phase { tasks, minutes: 20.into() });
        }
        for &(a, b) in apart {
            let (a, b) = (a.min(b), a.max(b));
            let kind = ConflictKind::Resource { resource: "db".into(), demand: 2, capacity: 1 };
            analysis.apart.insert(a, b);
            analysis.conflicts.push(Conflict { a, b, kind, accepted: None });
        }
        Fixture { names, analysis, schedule }
    }

    /// In a pane that has room for all of it.
    fn scene(&self) -> Scene {
        self.scene_in((2_000, 2_000), Zoom::Percent(100))
    }

    fn scene_in(&self, (width, height): (i32, i32), zoom: Zoom) -> Scene {
        let letters = Letters { id: 4, titles: vec![40; self.names.len()] };
        let pane = Pane { width, height, zoom, unfolded: Vec::new() };
        Arrangement::new(&self.analysis, &self.schedule, letters).scene(&pane, &[])
    }

    fn task(&self, name: &str) -> usize {
        self.names.iter().position(|known| known == name).unwrap()
    }

    /// Rows of cards, a column per phase (or lane), and the number of crossings. For drawings of one row of
    /// blocks.
    fn draw(&self, scene: &Scene) -> String {
        let rows = scene.cards.iter().map(|card| card.spot.row + 1).max().unwrap_or(0);
        let mut lefts: Vec<i32> = scene.cards.iter().map(|card| card.x).collect();
        lefts.sort_unstable();
        lefts.dedup();
        let mut lines = Vec::new();
        for row in 0..rows {
            let cell = |left: &i32| {
                let card = scene.cards.iter().find(|card| card.x == *left && card.spot.row == row);
                card.map_or(".", |card| &self.names[card.task])
            };
            lines.push(lefts.iter().map(cell).collect::<Vec<_>>().join(" "));
        }
        lines.push(format!("crossings {}", crossings(scene)));
        lines.join("\n")
    }
}

#[track_caller]
fn check(plan: &str, expect: &str) {
    let fixture = Fixture::new(plan);
    let expect: Vec<&str> = expect.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    assert_eq!(fixture.draw(&fixture.scene()), expect.join("\n"));
}

/// Pairs of order lines without a common end that cross.
fn crossings(scene: &Scene) -> usize {
    let edges: Vec<_> = scene.edges.iter().filter(|edge| edge.kind == EdgeKind::Order).collect();
    let mut count = 0;
    for (at, one) in edges.iter().enumerate() {
        for other in &edges[at + 1..] {
            if one.from != other.from && one.to != other.to {
                for a in one.points.windows(2) {
                    count += other.points.windows(2).filter(|b| cross(a, b)).count();
                }
            }
        }
    }
    count
}

type Point = (i32, i32);

/// Twice the signed area of a triangle.
fn turn(a: Point, b: Point, c: Point) -> i64 {
    let side = |from: Point, to: Point| (i64::from(to.0 - from.0), i64::from(to.1 - from.1));
    let ((x1, y1), (x2, y2)) = (side(a, b), side(a, c));
    x1 * y2 - y1 * x2
}

fn cross(a: &[Point], b: &[Point]) -> bool {
    turn(a[0], a[1], b[0]).signum() * turn(a[0], a[1], b[1]).signum() < 0
        && turn(b[0], b[1], a[0]).signum() * turn(b[0], b[1], a[1]).signum() < 0
}

/// Whether a segment touches the inside of a card.
fn runs_through(segment: &[Point], card: &Card) -> bool {
    let (a, b) = (segment[0], segment[1]);
    let (right, bottom) = (card.x + card.width, card.y + card.height);
    let is_beside =
        a.0.max(b.0) <= card.x || a.0.min(b.0) >= right || a.1.max(b.1) <= card.y || a.1.min(b.1) >= bottom;
    let corners = [(card.x, card.y), (right, card.y), (card.x, bottom), (right, bottom)];
    let turns = corners.map(|corner| turn(a, b, corner).signum());
    !is_beside && turns.contains(&1) && turns.contains(&-1)
}

fn check_scene(scene: &Scene, phases: &[Phase], width: i32) {
    assert!(scene.blocks.windows(2).all(|pair| pair[0].phases.end == pair[1].phases.start));
    assert_eq!(scene.blocks.last().map_or(0, |block| block.phases.end), phases.len());
    assert!(scene.width <= width, "it is never wider than the pane");
    for (at, card) in scene.cards.iter().enumerate() {
        let block = scene.block(card.phase).unwrap();
        assert!(phases[card.phase].tasks.contains(&card.task));
        assert!(block.cards.contains(&at) && block.phases.contains(&card.phase));
        assert_eq!(scene.card_of[card.task], Some(at));
        assert!(card.x >= 0 && card.x + card.width <= scene.width);
        assert!(card.y >= block.y && card.y + card.height <= block.y + block.height);
        assert!(block.y + block.height <= scene.height);
        for other in &scene.cards[at + 1..] {
            let beside = card.x + card.width <= other.x || other.x + other.width <= card.x;
            let apart = card.y + card.height <= other.y || other.y + other.height <= card.y;
            assert!(beside || apart, "{card:?} lies over {other:?}");
        }
    }
    assert_eq!(scene.cards.len(), phases.iter().map(|phase| phase.tasks.len()).sum::<usize>());
    for edge in &scene.edges {
        let (from, to) = (scene.card(edge.from).unwrap(), scene.card(edge.to).unwrap());
        assert!(from.phase < to.phase);
        if scene.detail == Detail::Cells {
            continue;
        }
        assert_eq!(edge.points[0].0, from.x + from.width);
        assert!(edge.points.iter().all(|point| point.1 > 0 && point.1 <= scene.height), "{edge:?}");
        for segment in edge.points.windows(2) {
            for card in &scene.cards {
                assert!(!runs_through(segment, card), "{edge:?} runs through {card:?}");
            }
        }
    }
}

#[test]
fn the_critical_path_runs_level() {
    check(
        "T1 T3 T5 | T2 T6 T7 | T4 | T9
         T1 > T2
         T1 > T4
         T3 > T6
         T3 > T7
         T2 > T9
         T4 > T9
         T6 > T9
         T2 ~ T4
         critical T1 T2 T9",
        "T1 T2 T4 T9
         T3 T6 . .
         T5 T7 . .
         crossings 4",
    );
}

#[test]
fn the_critical_path_runs_along_the_top() {
    check(
        "a b c d | e f g h | i j k l
         d > h
         h > l
         a > e
         b > f
         c > g
         critical d h l",
        "d h l
         a e i
         b f j
         c g k
         crossings 0",
    );
}

#[test]
fn an_integrating_task_stands_on_top() {
    check(
        "a b c d e | f | g h i j k
         a > f
         b > f
         c > f
         d > f
         e > f
         f > g
         f > h
         f > i
         f > j
         f > k",
        "a f g
         b . h
         c . i
         d . j
         e . k
         crossings 0",
    );
}

#[test]
fn crossed_pairs_are_uncrossed() {
    check(
        "a b c | d e f
         a > f
         b > e
         c > d",
        "a f
         b e
         c d
         crossings 0",
    );
}

#[test]
fn without_lines_the_order_is_that_of_the_plan() {
    check(
        "c a b | e d",
        "a d
         b e
         c .
         crossings 0",
    );
}

/// Blocks as `phases:columns` by rows; `^` before those below another one in their row.
fn rows(scene: &Scene) -> String {
    let mut rows: Vec<Vec<String>> = Vec::new();
    for block in &scene.blocks {
        let lanes = scene.cards[block.cards.clone()].iter().map(|card| card.spot.lane + 1).max().unwrap_or(1);
        let above = scene
            .blocks
            .iter()
            .any(|other| (other.row, other.x) == (block.row, block.x) && other.y < block.y);
        let phases = match block.phases.len() {
            1 => block.phases.start.to_string(),
            _ => format!("{}-{}", block.phases.start, block.phases.end - 1),
        };
        rows.resize_with(rows.len().max(block.row + 1), Vec::new);
        let mark = if above { "^" } else { "" };
        let lanes = if lanes == 1 { String::new() } else { format!(":{lanes}") };
        rows[block.row].push([mark, &phases, &lanes].concat());
    }
    rows.iter().map(|row| row.join(" ")).collect::<Vec<_>>().join(" / ")
}

/// A plan without lines whose phases have so many tasks.
fn wide(phases: &[usize]) -> Fixture {
    let mut next = 0;
    let phases: Vec<Vec<usize>> = phases
        .iter()
        .map(|&count| {
            next += count;
            (next - count..next).collect()
        })
        .collect();
    Fixture::from_numbers((0..next).map(|task| format!("T{task:03}")).collect(), phases, &[], &[], Vec::new())
}

#[test]
fn phases_flow_like_words() {
    let table: [(&[usize], Zoom, &str); 7] = [
        (&[2, 2, 2, 2, 2], Zoom::Percent(100), "0 1 2 / 3 4"),
        (&[9, 2, 2], Zoom::Percent(100), "0:3 / 1 2"),
        (&[2, 1, 1, 1, 3], Zoom::Percent(100), "0 1-3 4"),
        (&[1, 1, 1], Zoom::Percent(100), "0 1 2"),
        (&[40], Zoom::Percent(50), "0:2"),
        (&[3, 1, 1, 1, 1, 1, 1], Zoom::Percent(50), "0 1-6"),
        (&[9, 2, 2, 2, 2, 2, 2], Zoom::Percent(100), "0:3 / 1 2 3 / 4 5 6"),
    ];
    for (phases, zoom, expected) in table {
        let fixture = wide(phases);
        let scene = fixture.scene_in((640, 560), zoom);
        check_scene(&scene, &fixture.schedule.phases, 640);
        assert_eq!(rows(&scene), expected, "{phases:?}");
    }
}

#[test]
fn a_run_is_unfolded_in_its_place() {
    let fixture = wide(&[2, 1, 1, 1, 3]);
    let letters = Letters { id: 4, titles: vec![10; 8] };
    let arrangement = Arrangement::new(&fixture.analysis, &fixture.schedule, letters);
    let drawn = |unfolded: &[usize]| {
        let pane = Pane { width: 640, height: 560, zoom: Zoom::Percent(100), unfolded: unfolded.to_vec() };
        rows(&arrangement.scene(&pane, &[]))
    };
    assert_eq!(drawn(&[]), "0 1-3 4");
    assert_eq!(drawn(&[2]), "0 1 2 / 3 4");
    assert_eq!(drawn(&[0]), "0 1-3 4", "a task that is in no run changes nothing");
}

#[test]
fn tasks_that_are_not_in_the_schedule_find_a_place() {
    let fixture = wide(&[2, 1]);
    let letters = Letters { id: 4, titles: vec![10; 3] };
    let pane = Pane { width: 640, height: 560, zoom: Zoom::Free, unfolded: Vec::new() };
    let scene = Arrangement::new(&fixture.analysis, &fixture.schedule, letters).scene(&pane, &[3, 0, 0]);
    let ghosts: Vec<_> = scene.ghosts.iter().map(|ghost| (ghost.task, ghost.phase, ghost.spot.row)).collect();
    assert_eq!(ghosts, [(1, 0, 2), (2, 0, 3), (0, 3, 0)]);
    assert_eq!(scene.blocks.len(), 4);
    for ghost in &scene.ghosts {
        assert!(scene.cards.iter().all(|card| (card.x, card.y) != (ghost.x, ghost.y)), "{ghost:?}");
    }
}

/// The pane of a window of 1440×900 with three panes open, and plans of the sizes that it is measured with.
const PANE: (i32, i32) = (639, 627);

/// The same below a list of what can start now.
const LOW_PANE: (i32, i32) = (639, 560);

/// Margins and legend, which a drawing of two screens has only once.
const AROUND: i32 = 52;

/// The tasks in the phases of plans that agents wrote: 34 tasks, 83 and 121.
const REAL: [&[usize]; 3] = [
    &[5, 5, 5, 5, 1, 5, 3, 1, 1, 1, 1, 1],
    &[1, 1, 5, 5, 2, 1, 5, 5, 4, 1, 4, 1, 1, 1, 1, 5, 5, 5, 5, 5, 5, 5, 1, 1, 3, 1, 1, 1, 1, 1],
    &[
        1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 1, 1, 1, 1, 1, 1, 3, 4, 1, 3, 3, 5, 5, 4, 3, 2, 1, 1, 1, 1, 2, 1, 5, 4,
        1, 1, 1, 1, 1, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 5, 1, 1, 3, 1, 2, 2, 1, 1, 2, 1, 1, 1, 2, 1, 1,
        1, 1, 4, 1, 1, 1,
    ],
];

#[test]
fn plans_up_to_forty_tasks_are_read_in_one_screen() {
    for phases in [&[40][..], REAL[0]] {
        let fixture = wide(phases);
        let scene = fixture.scene_in(LOW_PANE, Zoom::Free);
        check_scene(&scene, &fixture.schedule.phases, LOW_PANE.0);
        assert!(scene.detail >= Detail::Lines && scene.height <= LOW_PANE.1, "{phases:?}: {}", scene.height);
        assert!(letters(&scene) >= 24, "{phases:?}: {}", letters(&scene));
    }
}

#[test]
fn plans_up_to_a_hundred_and_twenty_tasks_are_read_in_two_screens_and_seen_in_one() {
    for phases in &REAL[1..] {
        let fixture = wide(phases);
        let tasks = fixture.names.len();
        let scene = fixture.scene_in(PANE, Zoom::Free);
        assert!(
            scene.detail >= Detail::Lines && scene.height <= 2 * PANE.1 + AROUND,
            "{tasks}: {}",
            scene.height
        );
        assert!(letters(&scene) >= 18, "{tasks}: {}", letters(&scene));
        assert!(rows(&scene).contains('^'), "short phases stand below each other: {}", rows(&scene));
        let fit = fixture.scene_in(PANE, Zoom::Fit);
        check_scene(&fit, &fixture.schedule.phases, PANE.0);
        assert!(fit.height <= PANE.1, "{tasks}: {}", fit.height);
        assert!(fit.cards[0].height >= READABLE, "ids are readable: {:?}", fit.cards[0]);
    }
}

#[test]
fn everything_fits_at_every_size_and_uses_most_of_the_pane() {
    for (phases, share) in [(vec![5; 100], 60), (vec![10; 100], 50), (vec![5; 2_000], 30), (vec![400], 60)] {
        let fixture = wide(&phases);
        let scene = fixture.scene_in(PANE, Zoom::Fit);
        assert!(scene.width <= PANE.0 && scene.height <= PANE.1, "{}", scene.height);
        let cells: i32 = scene.cards.iter().map(|card| card.width * card.height).sum();
        let used = cells * 100 / (PANE.0 * PANE.1);
        assert!(used >= share, "{} tasks use {used} %", scene.cards.len());
    }
}

/// The letters of a title that can be read.
fn letters(scene: &Scene) -> usize {
    let width = scene.cards[0].width;
    match scene.detail {
        Detail::Cards => usize::try_from((width - 26) / LETTER).unwrap() * 2,
        _ => letters_in_line(width, &Letters { id: 4, titles: Vec::new() }),
    }
}

#[test]
fn keys_reach_every_card_at_every_level_of_detail() {
    let fixture = wide(&[7, 1, 1, 1, 3, 12, 2]);
    for zoom in [25, 50, 100] {
        let scene = fixture.scene_in((640, 560), Zoom::Percent(zoom));
        let mut reached = vec![scene.cards[0].task];
        let mut next = 0;
        while let Some(&task) = reached.get(next) {
            for direction in [Direction::Up, Direction::Down, Direction::Left, Direction::Right] {
                reached.extend(scene.step(task, direction).filter(|task| !reached.contains(task)));
            }
            next += 1;
        }
        assert_eq!(reached.len(), scene.cards.len(), "at {zoom} %");
    }
}

#[test]
fn order_that_follows_from_the_rest_is_left_out() {
    let fixture = Fixture::new("a | b | c\na > b\nb > c\na > c");
    let edges: Vec<_> = fixture.scene().edges.iter().map(|edge| (edge.from, edge.to)).collect();
    assert_eq!(edges, [(0, 1), (1, 2)]);
}

#[test]
fn allowed_conflicts_and_those_inside_a_phase_have_no_line() {
    let mut fixture = Fixture::new("a b | c | d\na ~ b\na ~ c\nd ~ b");
    fixture.analysis.conflicts[1].accepted = Some("only adds a file".into());
    let edges: Vec<_> = fixture.scene().edges.iter().map(|edge| (edge.from, edge.to, edge.kind)).collect();
    assert_eq!(edges, [(1, 3, EdgeKind::Apart(2))]);
}

#[test]
fn a_long_line_passes_below_the_cards_in_between() {
    let fixture = Fixture::new("a b | c d | e f\na > c\nb > d\nc > e\nd > f\na > f");
    let scene = fixture.scene();
    check_scene(&scene, &fixture.schedule.phases, 2_000);
    let long = scene.edges.iter().find(|edge| edge.from == 0 && edge.to == 5).unwrap();
    let lowest = scene.cards.iter().map(|card| card.y + card.height).max().unwrap();
    assert!(long.points.len() == 4 && long.points[1].1 > lowest && long.points[1].1 == long.points[2].1);
}

#[test]
fn lines_between_rows_run_in_the_gutter() {
    let fixture = Fixture::new("a b | c d | e f | g h | i j\na > g\nb > j\nc > h");
    let scene = fixture.scene_in((640, 560), Zoom::Percent(100));
    check_scene(&scene, &fixture.schedule.phases, 640);
    assert_eq!(rows(&scene), "0 1 2 / 3 4");
    let (end, start) = (scene.blocks[0].y + scene.blocks[0].height, scene.blocks[3].y);
    for edge in &scene.edges {
        let sideways = edge.points[2].1;
        assert!(end < sideways && sideways < start, "{edge:?}");
    }
}

#[test]
fn a_task_that_is_not_scheduled_has_no_card() {
    let mut fixture = Fixture::new("a b | c\na > c\nb > c");
    fixture.schedule.phases[0].tasks.pop();
    fixture.schedule.phase_of[1] = None;
    let scene = fixture.scene();
    assert_eq!(scene.card_of, [Some(0), None, Some(1)]);
    assert_eq!(scene.edges.len(), 1);
}

#[test]
fn keys_lead_from_card_to_card() {
    let fixture = Fixture::new(
        "a b c | d e | f
         a > d
         b > d
         c > e
         d > f
         e > f
         critical c e f",
    );
    let scene = fixture.scene();
    let step = |from: &str, direction: Direction| {
        scene.step(fixture.task(from), direction).map_or("-", |task| &fixture.names[task])
    };
    let table = ["a", "b", "c", "d", "e", "f"].map(|from| {
        use Direction::{Back, Down, Forward, Left, Right, Up};
        let reached = [Up, Down, Left, Right, Back, Forward].map(|direction| step(from, direction));
        format!("{from}: {}", reached.join(" "))
    });
    assert_eq!(fixture.draw(&scene), "c e f\na d .\nb . .\ncrossings 0");
    assert_eq!(
        table,
        [
            "a: c b - d - d",
            "b: a - - d - d",
            "c: - a - e - e",
            "d: e - a f a f",
            "e: - d c f c f",
            "f: - - e - e -",
        ]
    );
}

/// Names, phases and lines of a plan with up to `most` tasks.
fn plans(most: usize) -> impl Strategy<Value = Fixture> {
    let phase_of = prop::collection::vec(0usize..8, 1..=most);
    (phase_of, prop::collection::vec((0..most, 0..most, 0..4), 0..most * 2)).prop_map(|(phase_of, pairs)| {
        let count = phase_of.len();
        let mut phases: Vec<Vec<usize>> = vec![Vec::new(); 8];
        phase_of.iter().enumerate().for_each(|(task, &phase)| phases[phase].push(task));
        let (mut order, mut apart) = (Vec::new(), Vec::new());
        for (a, b, kind) in pairs {
            let (a, b) = (a % count, b % count);
            if kind == 0 && phase_of[a] != phase_of[b] {
                apart.push((a, b));
            } else if phase_of[a] < phase_of[b] {
                order.push((a, b));
            }
        }
        let names = (0..count).map(|task| format!("T{task:02}")).collect();
        Fixture::from_numbers(names, phases, &order, &apart, Vec::new())
    })
}

/// Crossings between two phases when their tasks are in these orders.
fn crossings_in_order(left: &[usize], right: &[usize], order: &[(usize, usize)]) -> usize {
    let place = |tasks: &[usize], task: usize| tasks.iter().position(|&other| other == task);
    let ends: Vec<_> = order.iter().filter_map(|&(a, b)| Some((place(left, a)?, place(right, b)?))).collect();
    let crossed = |a: &(usize, usize), b: &(usize, usize)| a.0 < b.0 && a.1 > b.1;
    ends.iter().map(|a| ends.iter().filter(|b| crossed(a, b)).count()).sum()
}

#[test]
fn ten_thousand_tasks_are_drawn() {
    let phases: Vec<Vec<usize>> = (0..2_000).map(|phase| (phase * 5..phase * 5 + 5).collect()).collect();
    let order: Vec<(usize, usize)> = (5..10_000usize)
        .flat_map(|task| [(task * 7 % (task / 5 * 5), task), (task.saturating_sub(5 + task % 3), task)])
        .filter(|(a, b)| a / 5 < b / 5)
        .collect();
    let names = (0..10_000).map(|task| task.to_string()).collect();
    let fixture = Fixture::from_numbers(names, phases, &order, &[], Vec::new());
    let start = std::time::Instant::now();
    let scene = fixture.scene();
    // A fraction of a second when optimised; a quadratic algorithm would take minutes.
    assert!(start.elapsed().as_secs() < 30);
    assert_eq!(scene.cards.len(), 10_000);
    assert!(scene.edges.iter().map(|edge| edge.points.len()).sum::<usize>() < 200_000);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn crossings_are_never_more_than_in_the_order_of_the_plan(
        pairs in prop::collection::vec((0usize..6, 0usize..6, 0usize..4), 0..40),
    ) {
        let order: Vec<_> = pairs.iter().map(|&(a, b, phase)| (phase * 6 + a, phase * 6 + 6 + b)).collect();
        let names = (0..30).map(|task| task.to_string()).collect();
        let phases: Vec<Vec<usize>> = (0..5).map(|phase| (phase * 6..phase * 6 + 6).collect()).collect();
        let fixture = Fixture::from_numbers(names, phases.clone(), &order, &[], Vec::new());
        let scene = fixture.scene();
        let drawn: Vec<Vec<usize>> = scene
            .blocks
            .iter()
            .map(|block| scene.cards[block.cards.clone()].iter().map(|card| card.task).collect())
            .collect();
        let total = |phases: &[Vec<usize>]| -> usize {
            phases.windows(2).map(|pair| crossings_in_order(&pair[0], &pair[1], &order)).sum()
        };
        prop_assert!(total(&drawn) <= total(&phases));
        prop_assert!(crossings(&scene) <= total(&drawn));
    }

    #[test]
    fn cards_are_apart_and_lines_run_beside_them(
        fixture in plans(60),
        width in 220..1_600i32,
        height in 200..1_000i32,
        zoom in prop::sample::select(vec![25, 50, 100, 150]),
    ) {
        let scene = fixture.scene_in((width, height), Zoom::Percent(zoom));
        check_scene(&scene, &fixture.schedule.phases, width);
        prop_assert_eq!(&scene, &fixture.scene_in((width, height), Zoom::Percent(zoom)));
        let fit = fixture.scene_in((width, height), Zoom::Fit);
        check_scene(&fit, &fixture.schedule.phases, width);
        prop_assert!(fit.height <= height);
    }
}
