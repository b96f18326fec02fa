import * as v from 'valibot'
import { strictly } from '../../core/strictly.ts'
import { defineDisruption } from './disruption.ts'

/**
 * AWS does not reliably notice that the client of a long poll has gone (aws-sdk-js#2350): what comes then is given to
 * nobody, and is in flight until its visibility timeout ends.
 */
export const deadPoller = defineDisruption({
  name: 'deadPoller',
  summary: 'a long poll whose client has gone goes on until it ends, and swallows the messages that it gets',
  args: v.nullish(strictly({}), {}),
  example: {},
  policy: (_, { acted }) => ({
    swallowed: (messages) => acted(`deadPoller ${messages} swallowed`),
  }),
})
