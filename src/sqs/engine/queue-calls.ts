import type { Message, MessageAttributes } from './message.ts'
import type { ReceivePolicy } from './receive-policy.ts'

export interface QueueSettings {
  readonly visibilityTimeoutSeconds: number
  readonly delaySeconds: number
  readonly retentionSeconds: number
  /** Makes it a FIFO queue; fixed at creation, as is the scope in force (later changes only show in the attributes). */
  readonly fifo?: { readonly deduplicationScope: 'queue' | 'messageGroup' }
  readonly redrive?: { readonly targetArn: string; readonly maxReceiveCount: number }
}

/** What a send gives, validated. */
export interface Draft {
  readonly body: string
  readonly attributes?: MessageAttributes | undefined
  readonly traceHeader?: string | undefined
  readonly senderId: string
  /** Absent: the queue's. */
  readonly delaySeconds?: number | undefined
  /** Required in a FIFO queue, as is the deduplication id. */
  readonly groupId?: string | undefined
  readonly deduplicationId?: string | undefined
}

/** What is to go wrong with a send. */
export interface SendPolicy {
  /** How long the message is not visible yet, where it should be so long. Asked when it is stored: no duplicate is. */
  delayMs(delayMs: number): number
}

export interface Sent {
  readonly messageId: string
  /** FIFO only. */
  readonly sequenceNumber?: string
}

export interface ReceiveRequest {
  /** 1 to 10. */
  readonly max: number
  readonly visibilityTimeoutSeconds: number
  /** FIFO only: ReceiveRequestAttemptId. */
  readonly attemptId?: string
  /** What is to go wrong with it. */
  readonly policies?: readonly ReceivePolicy[] | undefined
}

export interface Delivered {
  readonly message: Message
  readonly receiptHandle: string
  /** How often it has been received, this one included. */
  readonly receiveCount: number
}

export interface Counts {
  readonly visible: number
  readonly inFlight: number
  readonly delayed: number
}

export type DeleteResult = 'deleted' | 'gone' | 'expired' | 'invalid'
export type ChangeResult = 'changed' | 'gone' | 'expired' | 'invalid' | 'beyond-limit'
