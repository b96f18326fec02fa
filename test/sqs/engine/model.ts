/** What the naive models of queues have in common. They keep arrays, scan them whole, and know no timers. */
export interface ModelQueue {
  readonly arn: string
  /** Answers the body of the message that it was accepted as: the first one's, for a duplicate. */
  send(nowMs: number, draft: ModelDraft): string
  receive(nowMs: number, max: number, seconds: number): ModelDelivery[]
  delete(nowMs: number, handle: ModelDelivery): string
  change(nowMs: number, handle: ModelDelivery, seconds: number): string
  purge(): void
  setRetention(nowMs: number, seconds: number): void
  counts(nowMs: number): { visible: number; inFlight: number; delayed: number }
  /** From another queue's redrive. */
  adopt(nowMs: number, entry: ModelEntry, sourceArn: string): void
}

export interface ModelDraft {
  readonly body: string
  readonly delaySeconds: number | undefined
  readonly groupId: string | undefined
  readonly deduplicationId: string
}

export interface ModelEntry {
  readonly body: string
  readonly groupId: string | undefined
  readonly sentAtMs: number
  count: number
  /** Received so often before it came into this queue. */
  countBefore: number
  sourceArn: string | undefined
  state: 'visible' | 'taken' | 'delayed' | 'gone'
  dueMs: number
  /** In which order waiting messages began to wait. */
  began: number
}

export interface ModelDelivery {
  readonly entry: ModelEntry
  readonly count: number
  readonly issuedAtMs: number
}

export interface ModelSettings {
  readonly delaySeconds: number
  readonly retentionSeconds: number
  readonly redrive?: { readonly target: () => ModelQueue | undefined; readonly maxReceiveCount: number } | undefined
}

export const TWELVE_HOURS_MS = 43_200_000

export function newEntry(draft: Pick<ModelDraft, 'body' | 'groupId'>, sentAtMs: number): ModelEntry {
  return {
    body: draft.body,
    groupId: draft.groupId,
    sentAtMs,
    count: 0,
    countBefore: 0,
    sourceArn: undefined,
    state: 'visible',
    dueMs: 0,
    began: 0,
  }
}

export function adoptedEntry(entry: ModelEntry, sentAtMs: number, sourceArn: string): ModelEntry {
  const { body, groupId, count } = entry
  return { ...newEntry({ body, groupId }, sentAtMs), count, countBefore: count, sourceArn }
}

/** Where this receive should send the message instead. */
export function targetOf(entry: ModelEntry, { redrive }: ModelSettings): ModelQueue | undefined {
  return redrive !== undefined && entry.count - entry.countBefore >= redrive.maxReceiveCount
    ? redrive.target()
    : undefined
}

export function countStates(entries: readonly ModelEntry[]): { visible: number; inFlight: number; delayed: number } {
  const of = (state: ModelEntry['state']): number => entries.filter((entry) => entry.state === state).length
  return { visible: of('visible'), inFlight: of('taken'), delayed: of('delayed') }
}
