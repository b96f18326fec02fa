import { invalidParameter } from '../validation.ts'
import { NOTHING, type OperationContext, type Output, inputOf, queueOf } from './operation.ts'

export type Tags = Readonly<Record<string, string>>

/** AWS advises 50 and documents the rest; its texts are not verified. */
const MOST_TAGS = 50
const LONGEST_KEY = 128
const LONGEST_VALUE = 256

/** A key that is there gets the new value. */
export function tagQueue(context: OperationContext): Output {
  const queue = queueOf(context)
  const { Tags: tags = {} } = inputOf<{ Tags: Tags }>(context)
  let others = 0
  for (const key of queue.tags.keys()) if (tags[key] === undefined) others++
  checkTags(tags, others)
  for (const key of Object.keys(tags)) queue.tags.set(key, tags[key] as string)
  return NOTHING
}

/** Keys that are not there are no error. */
export function untagQueue(context: OperationContext): Output {
  const queue = queueOf(context)
  const { TagKeys: keys = [] } = inputOf<{ TagKeys: readonly string[] }>(context)
  for (const key of keys) queue.tags.delete(key)
  return NOTHING
}

export function listQueueTags(context: OperationContext): Output {
  const { tags } = queueOf(context)
  return tags.size === 0 ? NOTHING : { Tags: Object.fromEntries(tags) }
}

/** Tags that a queue is to get beside `others` that it keeps. */
export function checkTags(tags: Tags, others: number): void {
  const keys = Object.keys(tags)
  for (const key of keys) {
    if (key.length < 1 || key.length > LONGEST_KEY) {
      throw invalidParameter('Key', key, `Tag keys must be between 1 and ${LONGEST_KEY} characters in length.`)
    }
    if (/^aws:/i.test(key)) throw invalidParameter('Key', key, 'Tag keys must not begin with aws:.')
    const value = tags[key] as string
    if (value.length > LONGEST_VALUE) {
      throw invalidParameter('Value', value, `Tag values must be at most ${LONGEST_VALUE} characters in length.`)
    }
  }
  if (keys.length + others > MOST_TAGS) {
    throw invalidParameter('Tags', keys.length + others, `A queue can have at most ${MOST_TAGS} tags.`)
  }
}
