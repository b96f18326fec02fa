import { NOTHING, type OperationContext, type Output, queueOf } from './operation.ts'

/** At once; AWS takes up to a minute. */
export function deleteQueue(context: OperationContext): Output {
  context.world.remove(queueOf(context))
  return NOTHING
}
