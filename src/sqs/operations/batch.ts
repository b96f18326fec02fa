import { ServiceError } from '../../core/errors.ts'
import type { Policy, Refusal } from '../disruptions/disruption.ts'
import { sqsError } from '../errors.ts'
import { missingParameter } from '../validation.ts'
import type { OperationContext, Output } from './operation.ts'

export interface BatchEntry {
  readonly Id?: string
}

const MOST_ENTRIES = 10
const ENTRY_ID = /^[A-Za-z0-9_-]{1,80}$/

/**
 * What is wrong with a batch as a whole, in AWS's order. `name` is the entries' name in the query protocol, which cannot
 * tell no entries from an empty list, so both are an empty batch.
 */
export function checkEntries<E extends BatchEntry>(entries: readonly E[] | undefined, name: string): readonly E[] {
  if (entries === undefined || entries.length === 0) {
    throw sqsError('EmptyBatchRequest', `There should be at least one ${name} in the request.`)
  }
  if (entries.length > MOST_ENTRIES) {
    throw sqsError(
      'TooManyEntriesInBatchRequest',
      `Maximum number of entries per request are ${MOST_ENTRIES}. You have sent ${entries.length}.`,
    )
  }
  entries.forEach(({ Id }, index) => {
    if (Id === undefined) throw missingParameter(`${name}.${index + 1}.Id`)
    if (!ENTRY_ID.test(Id)) throw sqsError('InvalidBatchEntryId')
  })
  entries.forEach(({ Id }, index) => {
    for (let before = 0; before < index; before++) {
      if (entries[before]?.Id === Id) throw sqsError('BatchEntryIdsNotDistinct', `Id ${Id as string} repeated.`)
    }
  })
  return entries
}

/** Every entry for itself: one that fails does not keep the others. A list without entries is left out. */
export function runBatch<E extends BatchEntry>(
  { policies }: Pick<OperationContext, 'policies'>,
  entries: readonly E[],
  run: (entry: E) => Output,
): Output {
  const successful: Output[] = []
  const failed: Output[] = []
  const refused = policies === undefined ? undefined : refusals(policies, entries)
  for (const entry of entries) {
    const refusal = refused?.get(entry.Id as string)
    if (refusal !== undefined) {
      failed.push({ Id: entry.Id, ...refusal })
      continue
    }
    try {
      successful.push({ Id: entry.Id, ...run(entry) })
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error
      const { code, message, fault } = error.error
      failed.push({ Id: entry.Id, SenderFault: fault === 'Sender', Code: code, Message: message })
    }
  }
  return {
    ...(successful.length > 0 && { Successful: successful }),
    ...(failed.length > 0 && { Failed: failed }),
  }
}

function refusals(policies: readonly Policy[], entries: readonly BatchEntry[]): ReadonlyMap<string, Refusal> {
  const ids = entries.map(({ Id }) => Id as string)
  return new Map(policies.flatMap((policy) => [...(policy.refuse?.(ids) ?? [])]))
}
