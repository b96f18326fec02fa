import { pino as load } from '../core/libraries.ts'
import { header } from '../core/exchange.ts'
import { clientName } from './client-name.ts'
import { errorOf, levelOf, operationOf, pathOf, type Finished } from './finished.ts'
import type { Voice } from './log.ts'
import type { Sink } from './sink.ts'

/** For machines: one object per line. The names of the fields are kept from version to version. */
export function jsonLog(sink: Sink): Voice {
  const { pino } = load()
  const logger = pino(
    {
      base: null,
      level: 'debug',
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    sink,
  )
  return {
    exchange: (finished) => logger[levelOf(finished)](exchangeFields(finished), 'exchange'),
    call: (summary) => logger.info({ call: summary }, 'call'),
    started: (started) => logger.info(started, 'started'),
    note: (text) => logger.warn({ note: text }, 'note'),
    bug: (error) => logger.error({ err: error }, 'bug'),
  }
}

function exchangeFields(finished: Finished): Record<string, unknown> {
  const { exchange, outcome, description, durationMs, sentBytes } = finished
  const error = errorOf(finished)
  return {
    id: exchange.id,
    session: exchange.session,
    method: exchange.request.method,
    path: pathOf(finished),
    service: exchange.service === '' ? undefined : exchange.service,
    operation: operationOf(finished),
    resource: description.resource,
    region: exchange.caller.region,
    account: exchange.caller.account,
    status: outcome.kind === 'response' ? outcome.response.status : undefined,
    failure: outcome.kind === 'failure' ? outcome.failure.ending : undefined,
    reason: outcome.kind === 'failure' ? outcome.failure.reason : undefined,
    error: error?.code,
    hint: error?.hint,
    detail: description.detail,
    via: exchange.trace.via,
    faults: exchange.trace.faults.length === 0 ? undefined : exchange.trace.faults,
    durationMs: Math.round(durationMs * 1000) / 1000,
    sentBytes,
    client: clientName(header(exchange.request, 'user-agent')),
  }
}
