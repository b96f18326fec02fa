import * as v from 'valibot'
import { notList, strictly } from '../core/strictly.ts'
import { defineEffect } from './effect.ts'
import { headerChanges } from './header-fields.ts'
import { HTTP_LEGS } from './legs.ts'
import { mergePatch } from './merge-patch.ts'
import { withHeaders, withOutput } from './reply.ts'
import { status } from './status.ts'

const MERGE = 'expected a mapping: what is to change in the result'

export const mutate = defineEffect({
  name: 'mutate',
  summary: 'changes the answer: headers, status, and its result by a JSON merge patch, in the protocol of the caller',
  args: v.pipe(
    strictly({
      headers: v.optional(headerChanges()),
      status: v.optional(status),
      merge: v.optional(notList(v.record(v.string(), v.unknown(), MERGE), MERGE)),
    }),
    v.check((given) => Object.keys(given).length > 0, 'expected one of headers, status, merge'),
  ),
  example: { merge: { MessageId: null } },
  legs: HTTP_LEGS,
  inject: (args) => {
    const { headers, status: code, merge } = args
    return async (exchange, next, firing) => {
      const outcome = await next(exchange)
      if (outcome.kind === 'failure') return outcome
      const merged =
        merge &&
        withOutput(exchange, outcome, (output) => mergePatch(output, merge) as Readonly<Record<string, unknown>>)
      if (merged === undefined && headers === undefined && code === undefined) return outcome
      firing.happened('after-commit', 'mutate')
      const headed = withHeaders(merged ?? outcome, headers ?? {})
      return code === undefined ? headed : { ...headed, response: { ...headed.response, status: code } }
    }
  },
})
