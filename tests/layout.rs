//! Drawings as text, and properties of all drawings.

use fixedbitset::FixedBitSet;
use phaseplan::analysis::{Analysis, Conflict, ConflictKind, PairSet};
use phaseplan::layout::{Card, Direction, EdgeKind, Metrics, Scene, layout};
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

    fn scene(&self) -> Scene {
        layout(&self.analysis, &self.schedule, &Metrics::default())
    }

    fn task(&self, name: &str) -> usize {
        self.names.iter().position(|known| known == name).unwrap()
    }

    /// Rows of the grid, a column per phase (or lane), and the number of crossings.
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

fn check_scene(scene: &Scene, phases: &[Phase]) {
    assert_eq!(scene.columns.len(), phases.len());
    for (at, card) in scene.cards.iter().enumerate() {
        let column = &scene.columns[card.phase];
        assert!(phases[card.phase].tasks.contains(&card.task));
        assert!(column.cards.contains(&at));
        assert_eq!(scene.card_of[card.task], Some(at));
        assert!(card.x >= column.x && card.x + card.width <= column.x + column.width);
        assert!(card.y + card.height <= column.height && column.height <= scene.height);
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
        assert_eq!(edge.points[0], (from.x + from.width, from.y + from.height / 2));
        assert_eq!(*edge.points.last().unwrap(), (to.x, to.y + to.height / 2));
        for segment in edge.points.windows(2) {
            assert!(segment[0].0 < segment[1].0, "{edge:?} runs backwards");
            assert!(segment[1].1 > 0 && segment[1].1 <= scene.height);
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
         crossings 0",
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
fn an_integrating_task_stands_in_the_middle() {
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
        "a . g
         b . h
         c f i
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

#[test]
fn a_wide_phase_is_drawn_several_cards_wide() {
    check(
        "a b c d e f g h i j k l m | n
         a > n
         m > n",
        "a b n
         c d .
         e f .
         g h .
         i j .
         k l .
         m . .
         crossings 0",
    );
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
fn a_long_line_passes_between_rows() {
    let fixture = Fixture::new("a b | c d | e f\na > c\nb > d\nc > e\nd > f\na > f");
    let scene = fixture.scene();
    check_scene(&scene, &fixture.schedule.phases);
    let long = scene.edges.iter().find(|edge| edge.from == 0 && edge.to == 5).unwrap();
    assert_eq!(long.points.len(), 4);
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
            .columns
            .iter()
            .map(|column| scene.cards[column.cards.clone()].iter().map(|card| card.task).collect())
            .collect();
        let total = |phases: &[Vec<usize>]| -> usize {
            phases.windows(2).map(|pair| crossings_in_order(&pair[0], &pair[1], &order)).sum()
        };
        prop_assert!(total(&drawn) <= total(&phases));
        prop_assert!(crossings(&scene) <= total(&drawn));
    }

    #[test]
    fn cards_are_apart_and_lines_run_beside_them(fixture in plans(60)) {
        let scene = fixture.scene();
        check_scene(&scene, &fixture.schedule.phases);
        prop_assert_eq!(&scene, &fixture.scene());
    }
}
