import { type Random, seededRandom } from '../../src/collapse/leiden/random.ts';
import { exponential } from './draws.ts';
import { EventLoop } from './event-loop.ts';
import { OverTime, quantile } from './observed.ts';
import type { Job, QueueOptions, QueueResult } from './queue-model.ts';
import { Fifo } from './turns.ts';
import { WaitingJobs } from './waiting-jobs.ts';

interface Running {
  readonly job: Job;
  readonly slot: number;
  phase: number;
  alive: boolean;
  holdsWriter: boolean;
  phaseBegan: number;
  computed: number;
}

interface Writer {
  readonly waiting: Fifo<Running>;
  busy: boolean;
  seconds: number;
}

/**
 * Workers that take jobs off one queue: M machines of C cores, a job a core. What is drawn at random (kills, failures, when an
 * expired lock is found) comes from the seed alone, so that a run can be repeated exactly.
 */
export const simulateQueue = (jobs: Iterable<Job>, options: QueueOptions): QueueResult =>
  new QueueSimulation(jobs, options).run();

class QueueSimulation {
  readonly #options: QueueOptions;
  readonly #random: Random;
  readonly #loop = new EventLoop();
  readonly #waiting: WaitingJobs;
  readonly #freeSlots: number[] = [];
  readonly #running = new Map<number, Running>();
  readonly #writers = new Map<number, Writer>();
  readonly #doneOf = new Map<number, number>();
  readonly #takenFirst = new Map<number, number>();
  readonly #leftInGroup = new Map<number, number>();
  readonly #held = new Map<number, Job>();
  readonly #stallsOf = new Map<number, number>();
  readonly #attemptsOf = new Map<number, number>();
  readonly #waits: number[] = [];
  readonly #latencies: number[] = [];
  readonly #inQueue = new OverTime();
  readonly #computing = new OverTime();
  readonly #taken = new OverTime();
  readonly #all: readonly Job[];
  #redisFree = 0;
  #redisBusy = 0;
  #counts = { done: 0, givenUp: 0, kills: 0, stalled: 0, retried: 0 };
  #computed = 0;
  #wasted = 0;
  #lastDone = 0;

  constructor(jobs: Iterable<Job>, options: QueueOptions) {
    this.#options = options;
    this.#all = [...jobs];
    this.#random = seededRandom(options.seed);
    this.#waiting = new WaitingJobs(options.runningAShard);
    for (let slot = options.machines * options.coresAMachine - 1; slot >= 0; slot -= 1) this.#freeSlots.push(slot);
  }

  run(): QueueResult {
    for (const job of this.#all) {
      if (job.after === undefined) this.#loop.after(job.arrival, () => this.#put(job));
      else {
        this.#leftInGroup.set(job.after.group, job.after.jobs);
        this.#held.set(job.after.group, job);
      }
    }
    for (let machine = 0; machine < this.#options.machines; machine += 1) this.#planKill(machine);
    this.#loop.run(() => this.#counts.done + this.#counts.givenUp === this.#all.length);
    return this.#result();
  }

  #put(job: Job): void {
    this.#inQueue.add(1, this.#loop.now);
    this.#waiting.push(job);
    this.#take();
  }

  #take(): void {
    while (this.#freeSlots.length > 0) {
      const job = this.#waiting.take();
      if (job === undefined) return;
      const now = this.#loop.now;
      this.#inQueue.add(-1, now);
      this.#taken.add(1, now);
      if (!this.#takenFirst.has(job.id)) this.#takenFirst.set(job.id, now);
      const slot = this.#freeSlots.pop() as number;
      const running = { job, slot, phase: -1, alive: true, holdsWriter: false, phaseBegan: now, computed: 0 };
      this.#running.set(slot, running);
      this.#redis(running, () => this.#next(running));
    }
  }

  /** Redis does one thing after the other. */
  #redis(running: Running, then: () => void): void {
    const { now } = this.#loop;
    const { redisSeconds } = this.#options;
    this.#redisFree = Math.max(now, this.#redisFree) + redisSeconds;
    this.#redisBusy += redisSeconds;
    this.#loop.after(this.#redisFree - now, () => {
      if (running.alive) then();
    });
  }

  #next(running: Running): void {
    running.phase += 1;
    const phase = running.job.phases[running.phase];
    if (phase === undefined) this.#redis(running, () => this.#end(running));
    else if (phase.kind === 'compute') this.#compute(running, phase.seconds);
    else {
      const writer = this.#writerOf(running.job);
      writer.waiting.push(running);
      this.#write(writer);
    }
  }

  #compute(running: Running, seconds: number): void {
    this.#computing.add(1, this.#loop.now);
    running.phaseBegan = this.#loop.now;
    this.#loop.after(seconds, () => {
      if (!running.alive) return;
      this.#computing.add(-1, this.#loop.now);
      running.computed += seconds;
      this.#next(running);
    });
  }

  #writerOf({ writer }: Job): Writer {
    const known = this.#writers.get(writer);
    if (known !== undefined) return known;
    const made = { waiting: new Fifo<Running>(), busy: false, seconds: 0 };
    this.#writers.set(writer, made);
    return made;
  }

  #write(writer: Writer): void {
    if (writer.busy) return;
    let running = writer.waiting.shift();
    while (running !== undefined && !running.alive) running = writer.waiting.shift();
    if (running === undefined) return;
    const holder = running;
    const seconds = holder.job.phases[holder.phase]?.seconds ?? 0;
    writer.busy = true;
    holder.holdsWriter = true;
    holder.phaseBegan = this.#loop.now;
    this.#loop.after(seconds, () => {
      if (!holder.alive) return;
      holder.holdsWriter = false;
      this.#letGo(writer, seconds);
      this.#next(holder);
    });
  }

  #letGo(writer: Writer, seconds: number): void {
    writer.busy = false;
    writer.seconds += seconds;
    this.#write(writer);
  }

  #leave(running: Running): void {
    running.alive = false;
    this.#running.delete(running.slot);
    this.#taken.add(-1, this.#loop.now);
    this.#waiting.left(running.job);
  }

  #end(running: Running): void {
    const { job } = running;
    this.#leave(running);
    this.#freeSlots.push(running.slot);
    this.#computed += running.computed;
    if (this.#random() < this.#options.faults.failureShare) {
      this.#wasted += running.computed;
      this.#retry(job);
    } else this.#done(job);
    this.#take();
  }

  #done(job: Job): void {
    const { now } = this.#loop;
    this.#doneOf.set(job.id, (this.#doneOf.get(job.id) ?? 0) + 1);
    this.#counts.done += 1;
    this.#lastDone = now;
    if (job.after === undefined && job.id >= this.#options.warmUp * this.#all.length) {
      this.#waits.push((this.#takenFirst.get(job.id) ?? now) - job.arrival);
      this.#latencies.push(now - job.arrival);
    }
    this.#oneLessIn(job.group);
  }

  /** What waits for a group goes on without those that were given up. */
  #oneLessIn(group: number): void {
    const left = this.#leftInGroup.get(group);
    if (left === undefined) return;
    this.#leftInGroup.set(group, left - 1);
    const held = this.#held.get(group);
    if (left !== 1 || held === undefined) return;
    this.#held.delete(group);
    this.#put(held);
  }

  #giveUp(job: Job): void {
    this.#counts.givenUp += 1;
    this.#lastDone = this.#loop.now;
    if (job.after === undefined) this.#oneLessIn(job.group);
  }

  #retry(job: Job): void {
    const { attempts, backoffSeconds } = this.#options.faults;
    const tried = (this.#attemptsOf.get(job.id) ?? 0) + 1;
    this.#attemptsOf.set(job.id, tried);
    if (tried >= attempts) {
      this.#giveUp(job);
      return;
    }
    this.#counts.retried += 1;
    this.#loop.after(backoffSeconds * 2 ** (tried - 1), () => this.#put(job));
  }

  #planKill(machine: number): void {
    const { meanTimeBetweenKills } = this.#options.faults;
    if (!Number.isFinite(meanTimeBetweenKills)) return;
    this.#loop.after(exponential(this.#random, 1 / meanTimeBetweenKills), () => this.#kill(machine));
  }

  #kill(machine: number): void {
    const { coresAMachine, faults } = this.#options;
    this.#counts.kills += 1;
    const isOf = (slot: number): boolean => Math.floor(slot / coresAMachine) === machine;
    const free = this.#freeSlots.splice(0);
    this.#freeSlots.push(...free.filter((slot) => !isOf(slot)));
    for (let slot = machine * coresAMachine; slot < (machine + 1) * coresAMachine; slot += 1) {
      const running = this.#running.get(slot);
      if (running !== undefined) this.#stall(running);
    }
    this.#loop.after(faults.restartSeconds, () => {
      for (let i = coresAMachine - 1; i >= 0; i -= 1) this.#freeSlots.push(machine * coresAMachine + i);
      this.#planKill(machine);
      this.#take();
    });
  }

  #stall(running: Running): void {
    const { job } = running;
    const { lockSeconds, stalledInterval, stalledMax } = this.#options.faults;
    const spent = this.#loop.now - running.phaseBegan;
    const phase = job.phases[running.phase];
    if (phase?.kind === 'compute') this.#computing.add(-1, this.#loop.now);
    const lost = running.computed + (phase?.kind === 'compute' ? spent : 0);
    this.#computed += lost;
    this.#wasted += lost;
    this.#leave(running);
    if (running.holdsWriter) this.#letGo(this.#writerOf(job), spent);
    const stalls = (this.#stallsOf.get(job.id) ?? 0) + 1;
    this.#stallsOf.set(job.id, stalls);
    this.#counts.stalled += 1;
    this.#loop.after(lockSeconds + this.#random() * stalledInterval, () => {
      if (stalls > stalledMax) this.#giveUp(job);
      else this.#put(job);
    });
  }

  #result(): QueueResult {
    const seconds = this.#lastDone;
    const cores = this.#options.machines * this.#options.coresAMachine;
    const share = (value: number): number => (seconds === 0 ? 0 : value / seconds);
    return {
      ...{ seconds, jobs: this.#all.length, ...this.#counts },
      doneAtMost: Math.max(0, ...new Set(this.#doneOf.values())),
      wait: { p50: quantile(this.#waits, 0.5), p99: quantile(this.#waits, 0.99) },
      latency: { p50: quantile(this.#latencies, 0.5), p99: quantile(this.#latencies, 0.99) },
      meanWait: this.#waits.reduce((sum, wait) => sum + wait, 0) / this.#waits.length,
      ...{ queueMean: this.#inQueue.mean(seconds), queueMost: this.#inQueue.most },
      ...{ computing: this.#computing.mean(seconds) / cores, taken: this.#taken.mean(seconds) / cores },
      busiestWriter: share(Math.max(0, ...new Set([...this.#writers.values()].map((writer) => writer.seconds)))),
      redis: share(this.#redisBusy),
      wasted: this.#computed === 0 ? 0 : this.#wasted / this.#computed,
    };
  }
}
