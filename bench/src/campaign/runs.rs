//! Runs of plans, simulated: agents take random times, fail and vanish, and the page crashes. What is at work
//! is judged by a checker that shares no code with the program: it knows for each pattern of its own table
//! which paths it means.

use std::collections::{BTreeMap, BTreeSet};

use phaseplan::Plan;
use phaseplan::analysis::analyse;
use phaseplan::doer::Doer;
use phaseplan::events::{Digest, EventBody};
use phaseplan::plan::{Estimate, Kind, Resource, ResourceUse, Status, Task, TaskId};
use phaseplan::run::log::{Body, Log, RunState};
use phaseplan::run::{Mode, Next, refusals};
use phaseplan::schedule::{Budget, schedule};

use super::Tally;
use super::chance::Chance;

/// Patterns, each with the paths that it means, as numbers.
const PATTERNS: [(&str, &[usize]); 8] = [
    ("src/a/**", &[0, 1]),
    ("src/a/x.rs", &[0]),
    ("src/a/y.rs", &[1]),
    ("src/*/x.rs", &[0, 2]),
    ("src/b/**", &[2, 3]),
    ("src/b/z.rs", &[3]),
    ("docs/guide.md", &[4]),
    ("web/{one,two}.ts", &[5, 6]),
];

/// Simulates one run of one plan.
pub fn round(chance: &mut Chance, tally: &mut Tally) -> Result<(), String> {
    let case = Case::draw(chance);
    let told = phaseplan::text::print(&case.plan, phaseplan::text::Spelling::Typing);
    Run::new(&case).follow_to_the_end(chance, tally).map_err(|why| format!("{why}\n{told}"))
}

/// A plan, and what its author meant by it.
struct Case {
    plan: Plan,
    /// The paths that each task writes and reads; `None` if nobody knows what it writes.
    writes: Vec<Option<BTreeSet<usize>>>,
    reads: Vec<BTreeSet<usize>>,
}

impl Case {
    fn draw(chance: &mut Chance) -> Case {
        let mut plan = Plan { id: "p".to_owned(), ..Plan::default() };
        plan.settings.max_parallel = 1 + chance.below(4) as u32;
        plan.settings.unknown_beside = chance.once_in(8);
        plan.settings.phase_overhead = (chance.below(3) as u32).into();
        plan.resources = vec![Resource { name: "db".to_owned(), capacity: 1 + chance.below(3) as u32 }];
        let mut case = Case { plan, writes: Vec::new(), reads: Vec::new() };
        for number in 0..2 + chance.below(9) {
            case.add_task(number, chance);
        }
        case
    }

    fn add_task(&mut self, number: usize, chance: &mut Chance) {
        let kind = match chance.below(12) {
            0 => Kind::Gate,
            1 | 2 => Kind::Research,
            3 => Kind::Docs,
            _ => Kind::Change,
        };
        let id = |number: usize| TaskId(format!("T{}", number + 1));
        let mut task = Task { id: id(number), title: "Work".to_owned(), kind, ..Task::default() };
        let minutes = 1 + chance.below(40) as u32;
        task.minutes = (!chance.once_in(6)).then(|| Estimate::exactly(minutes));
        task.agent = if chance.once_in(12) { "person".to_owned() } else { String::new() };
        task.status = match chance.below(20) {
            0 => Status::Done,
            1 => Status::Dropped,
            2 => Status::Failed,
            _ => Status::Todo,
        };
        if number > 0 {
            task.after = chance.list(2, |chance| id(chance.below(number)));
            task.after.dedup();
        }
        if chance.once_in(4) {
            let amount = 1 + chance.below(2) as u32;
            task.uses.push(ResourceUse { resource: "db".to_owned(), amount });
        }
        let mut paths = |list: &mut Vec<String>, most: usize| {
            let drawn = chance.list(most, |chance| *chance.pick(&PATTERNS));
            list.extend(drawn.iter().map(|(pattern, _)| (*pattern).to_owned()));
            drawn.iter().flat_map(|(_, paths)| paths.iter().copied()).collect::<BTreeSet<usize>>()
        };
        let writes = match kind {
            Kind::Gate | Kind::Research => Some(BTreeSet::new()),
            _ => Some(paths(&mut task.owns, 2)).filter(|paths| !paths.is_empty()),
        };
        let reads = if kind == Kind::Gate { BTreeSet::new() } else { paths(&mut task.reads, 1) };
        self.writes.push(writes);
        self.reads.push(reads);
        self.plan.tasks.push(task);
    }

    fn collide(&self, one: usize, other: usize) -> bool {
        let is_gate = |task: usize| self.plan.tasks[task].kind == Kind::Gate;
        if is_gate(one) || is_gate(other) {
            return false;
        }
        match (&self.writes[one], &self.writes[other]) {
            (Some(left), Some(right)) => {
                !left.is_disjoint(right)
                    || !left.is_disjoint(&self.reads[other])
                    || !right.is_disjoint(&self.reads[one])
            }
            _ => !self.plan.settings.unknown_beside,
        }
    }

    fn uses(&self, task: usize) -> u32 {
        self.plan.tasks[task].uses.iter().map(|used| used.amount).sum()
    }
}

/// Somebody at work.
#[derive(Clone, Copy)]
struct Worker {
    end: u64,
    outcome: End,
}

#[derive(Clone, Copy, PartialEq)]
enum End {
    Done,
    Failed,
    /// It vanishes without a word.
    Gone,
}

/// A simulated run: what is really the case, and what the program has written down.
struct Run<'a> {
    case: &'a Case,
    time: u64,
    at_work: BTreeMap<usize, Worker>,
    done: BTreeSet<usize>,
    failures: Vec<usize>,
    /// The events as the program holds them, and the lines in storage.
    log: Log,
    stored: String,
    /// Another device, which only adds reports.
    other: Log,
    noted: usize,
}

const START: u64 = 1_700_000_000;

impl<'a> Run<'a> {
    fn new(case: &'a Case) -> Run<'a> {
        let is_done = |task: &usize| case.plan.tasks[*task].status == Status::Done;
        Run {
            case,
            time: START,
            at_work: BTreeMap::new(),
            done: (0..case.plan.tasks.len()).filter(is_done).collect(),
            failures: vec![0; case.plan.tasks.len()],
            log: Log::of("p"),
            stored: String::new(),
            other: Log::of("p"),
            noted: 0,
        }
    }

    fn follow_to_the_end(mut self, chance: &mut Chance, tally: &mut Tally) -> Result<(), String> {
        let limit = 60 * self.case.plan.tasks.len();
        for _ in 0..limit {
            if chance.once_in(6) {
                self.crash(tally)?;
            }
            if chance.once_in(8) {
                self.talk(chance)?;
            }
            let plan = RunState::of(&self.log).applied_to(&self.case.plan);
            if plan.tasks.iter().all(|task| !task.status.is_open()) {
                return self.settle(&plan, tally);
            }
            let next = self.ask(&plan, chance)?;
            let started = self.launch(&next, chance, tally)?;
            let is_idle = self.at_work.is_empty() && !started;
            let answered = (is_idle || chance.once_in(3)) && self.answer(&next, chance, tally)?;
            if is_idle && !answered {
                return Err("nothing is at work and nothing can start, and tasks are left".to_owned());
            }
            self.wait(chance, tally)?;
        }
        Err("the run does not end".to_owned())
    }

    /// What is next by the program, and whether all its answers agree.
    fn ask(&self, plan: &Plan, chance: &mut Chance) -> Result<Next, String> {
        let analysis = analyse(plan);
        if !chance.once_in(8) {
            return Ok(Next::in_pool(plan, &analysis));
        }
        let budget = Budget { steps: 200, ..Budget::default() };
        let phased = schedule(plan, &analysis, &budget);
        let next = Next::of(plan, &analysis, &phased, Mode::Phases);
        let report = phaseplan::Report::of_schedule(plan.clone(), phased);
        match refusals(&report, &next.launched()).first() {
            None => Ok(next),
            Some(refused) => Err(format!("in phases: {}", refused.obstacle.sentence(&report, refused.task))),
        }
    }

    /// Writes an event down. `false` if the program crashes while it does.
    fn note(&mut self, body: Body, chance: &mut Chance, tally: &mut Tally) -> Result<bool, String> {
        body.check()?;
        let id = self.log.record(Digest::default(), "runner", self.time, body)?;
        let line = self.log.event(id).map(phaseplan::run::log::Event::to_json).unwrap_or_default();
        if !self.stored.is_empty() && !self.stored.ends_with('\n') {
            self.stored.push('\n');
        }
        if chance.once_in(40) {
            // Half a line is in storage when the page is gone.
            self.stored.push_str(&line[..line.len() / 2]);
            tally.count("crashes in the middle of a line");
            self.reload()?;
            return Ok(false);
        }
        self.stored.push_str(&line);
        self.stored.push('\n');
        self.noted += 1;
        tally.count("events");
        Ok(true)
    }

    fn crash(&mut self, tally: &mut Tally) -> Result<(), String> {
        tally.count("crashes");
        let before = RunState::of(&self.log);
        self.reload()?;
        if RunState::of(&self.log) == before { Ok(()) } else { Err("a crash changed the state".to_owned()) }
    }

    /// Begins again with nothing but the lines in storage.
    fn reload(&mut self) -> Result<(), String> {
        self.log = Log::of("p");
        self.log.read_lines(&self.stored);
        match self.log.len() == self.noted {
            true => Ok(()),
            false => Err(format!("{} events are left of {}", self.log.len(), self.noted)),
        }
    }

    /// Another device reports something, and the logs are joined.
    fn talk(&mut self, chance: &mut Chance) -> Result<(), String> {
        if chance.once_in(2) {
            self.other.union(&self.log);
        }
        let task = chance.pick(&self.case.plan.tasks).id.clone();
        let body = match chance.below(3) {
            0 => Body::Reported { task, text: "fine".to_owned() },
            1 => Body::Changed { task, files: vec!["src/a/x.rs".to_owned()] },
            _ => Body::Denied { task, path: "src/b/z.rs".to_owned() },
        };
        let time = self.time + 1_000_000 * chance.below(2) as u64;
        self.other.record(Digest::default(), "other", time, body)?;
        let before = RunState::of(&self.log).applied_to(&self.case.plan);
        self.log.union(&self.other);
        self.other.union(&self.log);
        if self.log != self.other {
            return Err("two devices that joined their logs have different ones".to_owned());
        }
        self.stored = self.log.to_lines();
        self.noted = self.log.len();
        if RunState::of(&self.log).applied_to(&self.case.plan) == before {
            Ok(())
        } else {
            Err("a report changed a status".to_owned())
        }
    }

    fn launch(&mut self, next: &Next, chance: &mut Chance, tally: &mut Tally) -> Result<bool, String> {
        let mut started = false;
        for task in next.launched() {
            started |= self.start(task, chance, tally)?;
        }
        Ok(started)
    }

    fn start(&mut self, task: usize, chance: &mut Chance, tally: &mut Tally) -> Result<bool, String> {
        let id = self.case.plan.tasks[task].id.clone();
        self.judge(task)?;
        let body = match self.failures[task] {
            0 => Body::Started { task: id, agent: String::new() },
            _ => Body::Retried { task: id, agent: String::new() },
        };
        // The agent is launched once its start is written down. After a crash the program asks again.
        if !self.note(body, chance, tally)? {
            return Ok(true);
        }
        let outcome = match chance.below(10) {
            0 | 1 if self.failures[task] < 3 => End::Failed,
            2 if self.failures[task] < 3 => End::Gone,
            _ => End::Done,
        };
        let end = self.time + 1 + chance.below(7_200) as u64;
        self.at_work.insert(task, Worker { end, outcome });
        tally.count("launches");
        Ok(true)
    }

    /// Whether a task may start beside what is really at work.
    fn judge(&self, task: usize) -> Result<(), String> {
        let plan = &self.case.plan;
        let name = |task: usize| plan.tasks[task].id.to_string();
        let this = name(task);
        if self.done.contains(&task) {
            return Err(format!("{this} is done and is launched again"));
        }
        if self.at_work.contains_key(&task) {
            return Err(format!("{this} is at work and is launched again"));
        }
        if plan.tasks[task].kind == Kind::Gate || plan.tasks[task].status == Status::Dropped {
            return Err(format!("{this} is launched, and is no task for an agent"));
        }
        for before in self.before(task) {
            if !self.done.contains(&before) {
                return Err(format!("{this} starts before {} is done", name(before)));
            }
        }
        if let Some((&other, _)) = self.at_work.iter().find(|(other, _)| self.case.collide(task, **other)) {
            return Err(format!("{this} and {} are at work at once", name(other)));
        }
        let agents = self.at_work.keys().filter(|&&task| Doer::of(&plan.tasks[task]).is_launched()).count();
        if Doer::of(&plan.tasks[task]).is_launched() && agents >= plan.settings.max_parallel as usize {
            return Err(format!("{this} is one more than may be at work"));
        }
        let used: u32 = self.at_work.keys().map(|&task| self.case.uses(task)).sum();
        let capacity = plan.resources[0].capacity;
        if self.case.uses(task) > 0 && used > 0 && used + self.case.uses(task) > capacity {
            return Err(format!("{this} finds too little of the resource"));
        }
        Ok(())
    }

    /// What a task waits for: what its list names, and for dropped tasks what theirs name.
    fn before(&self, task: usize) -> BTreeSet<usize> {
        let plan = &self.case.plan;
        let mut found = BTreeSet::new();
        let mut open: Vec<usize> = vec![task];
        while let Some(at) = open.pop() {
            for before in plan.tasks[at].after.iter().filter_map(|id| plan.position(id)) {
                if plan.tasks[before].status == Status::Dropped {
                    open.push(before);
                } else {
                    found.insert(before);
                }
            }
        }
        found
    }

    /// A person decides, or begins a task. Also called when agents are at work.
    fn answer(&mut self, next: &Next, chance: &mut Chance, tally: &mut Tally) -> Result<bool, String> {
        if let Some(&gate) = next.gates.first() {
            let id = self.case.plan.tasks[gate].id.clone();
            if self.note(Body::Answered { task: id, answer: "yes".to_owned() }, chance, tally)? {
                self.done.insert(gate);
                tally.count("decisions");
            }
            return Ok(true);
        }
        match next.people.first() {
            Some(&task) => self.start(task, chance, tally),
            None => Ok(false),
        }
    }

    /// Lets time pass until somebody ends, and writes that down.
    fn wait(&mut self, chance: &mut Chance, tally: &mut Tally) -> Result<(), String> {
        let first = self.at_work.iter().min_by_key(|(task, worker)| (worker.end, **task));
        let Some((&task, &worker)) = first else { return Ok(()) };
        self.time = self.time.max(worker.end);
        let id = self.case.plan.tasks[task].id.clone();
        let (body, what) = match worker.outcome {
            End::Done => (Body::Done { task: id }, "finished"),
            End::Failed => (Body::Failed { task: id, why: "tests are red".to_owned() }, "failures"),
            End::Gone => (Body::Released { task: id, why: "no answer".to_owned() }, "agents that vanished"),
        };
        if worker.outcome == End::Done {
            // It is finished from now on, whether or not anybody writes that down.
            self.done.insert(task);
        }
        if self.note(body, chance, tally)? {
            self.at_work.remove(&task);
            self.failures[task] += usize::from(worker.outcome != End::Done);
            tally.count(what);
        }
        Ok(())
    }

    /// At the end everything is done, and the log has all of it.
    fn settle(&mut self, plan: &Plan, tally: &mut Tally) -> Result<(), String> {
        if !self.at_work.is_empty() {
            return Err("the program takes the run for finished while agents are at work".to_owned());
        }
        let left = plan
            .tasks
            .iter()
            .enumerate()
            .find(|(task, one)| one.status == Status::Done && !self.done.contains(task));
        if let Some((_, task)) = left {
            return Err(format!("{} is not done and is taken for done", task.id));
        }
        let mut read = Log::of("p");
        read.read_lines(&self.stored);
        if read.len() != self.noted || RunState::of(&read) != RunState::of(&self.log) {
            return Err("the stored lines are not the log".to_owned());
        }
        tally.count("runs that ended");
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A task that writes and reads these patterns of the table.
    fn add(case: &mut Case, writes: &[usize], reads: &[usize], change: impl FnOnce(&mut Task)) {
        let number = case.plan.tasks.len() + 1;
        let mut task = Task { id: TaskId(format!("T{number}")), ..Task::default() };
        change(&mut task);
        let paths = |patterns: &[usize]| {
            patterns
                .iter()
                .flat_map(|&pattern| PATTERNS[pattern].1.iter().copied())
                .collect::<BTreeSet<usize>>()
        };
        case.writes.push((!writes.is_empty()).then(|| paths(writes)));
        case.reads.push(paths(reads));
        case.plan.tasks.push(task);
    }

    #[test]
    fn the_checker_refuses_what_may_not_start() {
        let mut plan = Plan::default();
        plan.settings.max_parallel = 2;
        plan.resources = vec![Resource { name: "db".to_owned(), capacity: 1 }];
        let db = || vec![ResourceUse { resource: "db".to_owned(), amount: 1 }];
        let mut case = Case { plan, writes: Vec::new(), reads: Vec::new() };
        add(&mut case, &[0], &[], |task| task.uses = db());
        add(&mut case, &[3], &[], |_| ());
        add(&mut case, &[6], &[1], |_| ());
        add(&mut case, &[6], &[], |task| task.after = vec!["T1".into()]);
        add(&mut case, &[6], &[], |task| task.uses = db());
        add(&mut case, &[], &[], |_| ());
        add(&mut case, &[7], &[], |_| ());
        add(&mut case, &[4], &[], |_| ());
        let mut run = Run::new(&case);
        run.at_work.insert(0, Worker { end: 0, outcome: End::Done });
        let said = |run: &Run<'_>, task: usize| run.judge(task).err().unwrap_or_default();
        assert_eq!(said(&run, 0), "T1 is at work and is launched again");
        assert_eq!(said(&run, 1), "T2 and T1 are at work at once");
        assert_eq!(said(&run, 2), "T3 and T1 are at work at once");
        assert_eq!(said(&run, 3), "T4 starts before T1 is done");
        assert_eq!(said(&run, 4), "T5 finds too little of the resource");
        assert_eq!(said(&run, 5), "T6 and T1 are at work at once");
        assert_eq!(said(&run, 6), "");
        run.at_work.insert(6, Worker { end: 0, outcome: End::Done });
        assert_eq!(said(&run, 7), "T8 is one more than may be at work");
        run.done.insert(7);
        assert_eq!(said(&run, 7), "T8 is done and is launched again");
    }

    #[test]
    fn some_runs_come_to_their_end() {
        let mut tally = Tally::default();
        for number in 1..200 {
            let outcome = round(&mut Chance::of(number), &mut tally);
            assert_eq!(outcome, Ok(()), "round {number}");
        }
    }
}
