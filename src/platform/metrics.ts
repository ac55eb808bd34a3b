import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'

/** What the house counts about itself, in Prometheus form; labels hold routes and codes, never persons. */
export type Metrics = {
  readonly request: (method: string, route: string, status: number, ms: number) => void
  readonly act: (form: string, outcome: string) => void
  readonly gauge: (
    name: 'live_streams' | 'database_connections' | 'outbox_waiting' | 'deadlines_overdue' | 'capacity_age_seconds',
    value: number,
  ) => void
  /** Counts what became of a larger model's opinions; `read` answers the totals of this process by outcome. */
  readonly opinions: (read: () => Readonly<Record<string, number>>) => void
  readonly text: () => Promise<string>
  readonly contentType: string
}

/** A registry of one server. */
export const createMetrics = (): Metrics => {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry, prefix: 'jieli_' })
  const requests = new Histogram({
    name: 'jieli_http_seconds',
    help: 'Seconds to answer a request',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5],
    registers: [registry],
  })
  const acts = new Counter({ name: 'jieli_acts_total', help: 'Commands and queries by outcome', labelNames: ['form', 'outcome'], registers: [registry] })
  const gauges = {
    live_streams: new Gauge({ name: 'jieli_live_streams', help: 'Open live streams', registers: [registry] }),
    database_connections: new Gauge({ name: 'jieli_database_connections', help: 'Open database connections', registers: [registry] }),
    outbox_waiting: new Gauge({ name: 'jieli_outbox_waiting', help: 'Events not yet relayed', registers: [registry] }),
    capacity_age_seconds: new Gauge({
      name: 'jieli_capacity_age_seconds',
      help: 'Age of the remaining capacity that navigation holds in memory; infinite before it is there',
      registers: [registry],
    }),
    deadlines_overdue: new Gauge({ name: 'jieli_deadlines_overdue', help: 'Deadlines past due and not yet fired', registers: [registry] }),
  }
  return {
    request: (method, route, status, ms) => requests.observe({ method, route, status }, ms / 1_000),
    act: (form, outcome) => acts.inc({ form, outcome }),
    gauge: (name, value) => gauges[name].set(value),
    opinions: (read) => countOpinions(registry, read),
    text: () => registry.metrics(),
    contentType: registry.contentType,
  }
}

const countOpinions = (registry: Registry, read: () => Readonly<Record<string, number>>): void => {
  new Counter({
    name: 'jieli_triage_opinions_total',
    help: 'Second opinions of a larger model on triage by what became of them',
    labelNames: ['outcome'],
    registers: [registry],
    collect() {
      this.reset()
      for (const [outcome, count] of Object.entries(read())) this.inc({ outcome }, count)
    },
  })
}
