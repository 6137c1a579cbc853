// Sends COUNT events with the unchanged client, every tenth of them twice under the same messageId.
// Used by tests/web/api/test_real_clients.py, which gives COLLECTOR_URL, WRITE_KEY and COUNT.
import { Analytics } from '@segment/analytics-node'

const { COLLECTOR_URL, WRITE_KEY, COUNT } = process.env
const analytics = new Analytics({ writeKey: WRITE_KEY, host: COLLECTOR_URL, flushAt: 50 })
const failed = []
analytics.on('error', (error) => failed.push(String(error.reason ?? error)))

for (let number = 0; number < Number(COUNT); number++) {
  const event = {
    userId: `node-${number % 40}`,
    event: 'Order Delivered',
    messageId: `node-message-${number}`,
    properties: { number, amount: 12.5 },
    context: { traits: { email: `node${number % 40}@example.com`, consent: { email: true } } },
    timestamp: new Date(),
  }
  analytics.track(event)
  if (number % 10 === 0) analytics.track(event)
}
await analytics.closeAndFlush()
if (failed.length) {
  console.error(failed.join('\n'))
  process.exit(1)
}
