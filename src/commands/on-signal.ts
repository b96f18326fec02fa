/** The first signal closes and exits with what that says, 0 for nothing; the second, of who cannot wait, exits at once. */
export function onSignal(close: () => Promise<number | void>): void {
  let isClosing = false
  const stop = (): void => {
    if (isClosing) process.exit(1)
    isClosing = true
    void close().then((code) => process.exit(code ?? 0))
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
}
