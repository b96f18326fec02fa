import * as v from 'valibot'
import { strictly } from '../core/strictly.ts'
import { defineEffect } from './effect.ts'
import { headerFields } from './header-fields.ts'
import { HTTP_LEGS } from './legs.ts'
import { type Answer, answerInstead, commitPhase } from './reply.ts'
import { status } from './status.ts'

interface Wanted {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body?: unknown
}

export const respond = defineEffect({
  name: 'respond',
  summary: 'any answer, as it is; by default the request is not executed',
  args: strictly({
    status: v.optional(status, 200),
    headers: v.optional(headerFields(), {}),
    body: v.optional(v.unknown()),
    phase: v.optional(commitPhase, 'before-commit'),
  }),
  example: { status: 502, headers: { 'Content-Type': 'text/html' }, body: '<h1>Bad Gateway</h1>' },
  legs: HTTP_LEGS,
  answers: true,
  inject: (args) => {
    const answer = answerOf(args)
    const instead = { phase: args.phase, what: `respond ${args.status}`, answer: () => answer }
    return (exchange, next, firing) => answerInstead(instead, exchange, next, firing)
  },
})

function answerOf({ status: code, headers, body = '' }: Wanted): Answer {
  const isText = typeof body === 'string'
  const isTyped = Object.keys(headers).some((name) => name.toLowerCase() === 'content-type')
  const rawHeaders = Object.entries(headers).flat()
  if (!isTyped) rawHeaders.push('Content-Type', isText ? 'text/plain; charset=utf-8' : 'application/json')
  return { kind: 'response', response: { status: code, rawHeaders, body: isText ? body : JSON.stringify(body) } }
}
