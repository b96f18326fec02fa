import { Heap, type HeapItem } from '../../core/heap.ts'
import { LinkedList, type ListItem } from '../../core/linked-list.ts'
import type { Message, MessageState } from './message.ts'
import type { Order } from './order.ts'

/** A message's place in its group. */
export class FifoPlace implements ListItem<FifoPlace> {
  readonly message: Message
  readonly deduplicationId: string
  /** `MessageIds` shows it as a sequence number. */
  readonly sequence: number
  previous: FifoPlace | undefined = undefined
  next: FifoPlace | undefined = undefined
  list: object | undefined = undefined

  constructor(message: Message, deduplicationId: string, sequence: number) {
    this.message = message
    this.deduplicationId = deduplicationId
    this.sequence = sequence
  }
}

class Group extends LinkedList<FifoPlace> implements HeapItem {
  readonly id: string
  /** When it was last delivered from, or began: the smallest is the next in the rotation. */
  touched: number
  inFlight = 0
  /** A receive is busy with it: it is out of the heap until that is over. */
  isBusy = false
  heapIndex = -1

  constructor(id: string, touched: number) {
    super()
    this.id = id
    this.touched = touched
  }

  get isReady(): boolean {
    return this.first?.message.state === 'visible'
  }
}

/**
 * FIFO delivery. Groups rotate; a receive takes the visible prefix of a group, then goes on to the next one, and every
 * group it touched moves to the back:
 *
 *     rotation   g1: [m1 m2 m3]   g2: [m1* m2]   g3: [m1 m2*]        * invisible
 *     receive 10 -> g1-m1 g1-m2 g1-m3 g3-m1                          g2 waits for its head, g3-m2 for itself
 *
 * This one rule gives all of AWS's recorded behaviour: a group in flight is locked for new messages too, deleting part
 * of it keeps the lock, a timeout restores the order. Only groups whose head is visible stand in the heap, so locked
 * groups cost nothing.
 */
export class FifoOrder implements Order {
  readonly #groups = new Map<string, Group>()
  readonly #ready = new Heap<Group>((a, b) => a.touched < b.touched)
  #touches = 0
  #lockedGroups = 0
  /** Groups delivered from in the receive that is going on, and where the last of them stands. */
  #touching: Group[] = []
  #cursor: FifoPlace | undefined

  /** Groups with a message in flight: CloudWatch's ApproximateNumberOfGroupsWithInflightMessages. */
  get lockedGroups(): number {
    return this.#lockedGroups
  }

  /** Groups that have a message at all. */
  get groups(): number {
    return this.#groups.size
  }

  enter(message: Message): void {
    const place = placeOf(message)
    const id = message.groupId as string
    let group = this.#groups.get(id)
    if (group === undefined) this.#groups.set(id, (group = new Group(id, ++this.#touches)))
    group.push(place)
    this.#refresh(group)
  }

  show(message: Message, from: MessageState): void {
    const group = groupOf(message)
    if (from === 'taken') this.#unlock(group)
    this.#refresh(group)
  }

  /** Taken by a receive: the cursor moves on; else hidden from outside. */
  hide(message: Message): void {
    const place = placeOf(message)
    const group = groupOf(message)
    if (group.inFlight++ === 0) this.#lockedGroups++
    if (this.#cursor === place) this.#cursor = place.next
    else this.#refresh(group)
  }

  leave(message: Message, from: MessageState): void {
    const place = placeOf(message)
    const group = groupOf(message)
    if (from === 'taken') this.#unlock(group)
    if (this.#cursor === place) this.#cursor = place.next
    group.remove(place)
    this.#refresh(group)
  }

  next(): Message | undefined {
    for (;;) {
      if (this.#cursor?.message.state === 'visible') return this.#cursor.message
      const group = this.#ready.peek()
      if (group === undefined) return (this.#cursor = undefined)
      this.#touch(group)
      this.#cursor = group.first
    }
  }

  *ahead(): Generator<Message> {
    for (const group of this.#ready)
      for (const { message } of group) {
        if (message.state !== 'visible') break
        yield message
      }
  }

  reach(message: Message): void {
    const group = groupOf(message)
    if (!group.isBusy) this.#touch(group)
    this.#cursor = placeOf(message)
  }

  finish(): void {
    const touching = this.#touching
    this.#touching = []
    this.#cursor = undefined
    for (const group of touching) {
      group.isBusy = false
      group.touched = ++this.#touches
      this.#refresh(group)
    }
  }

  /** A receive is busy with it from now on. */
  #touch(group: Group): void {
    this.#ready.remove(group)
    group.isBusy = true
    this.#touching.push(group)
  }

  #unlock(group: Group): void {
    if (--group.inFlight === 0) this.#lockedGroups--
  }

  /** A group is in the heap when its head is visible; an empty one is forgotten. */
  #refresh(group: Group): void {
    if (group.isBusy) return
    if (group.size === 0) {
      this.#groups.delete(group.id)
      this.#ready.remove(group)
    } else if (!group.isReady) this.#ready.remove(group)
    else if (group.heapIndex < 0) this.#ready.add(group)
  }
}

function placeOf(message: Message): FifoPlace {
  if (message.fifo === undefined) throw new Error('a message of a FIFO queue has its place')
  return message.fifo
}

function groupOf(message: Message): Group {
  return placeOf(message).list as Group
}
