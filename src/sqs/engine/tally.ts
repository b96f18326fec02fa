/** What CloudWatch counts of a queue's calls. Moves between queues are none. */
export class Tally {
  sent = 0
  /** Bodies in UTF-8, and attributes. */
  sentBytes = 0
  received = 0
  emptyReceives = 0
  /** Deletions, also of what is gone. */
  deleted = 0

  send(sizeBytes: number): void {
    this.sent++
    this.sentBytes += sizeBytes
  }

  receive(count: number): void {
    if (count === 0) this.emptyReceives++
    else this.received += count
  }
}
