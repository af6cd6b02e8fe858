// A process of its own that holds a database until it is killed or told to stop (SIGTERM).
// It is not durable, which is quicker: killed processes lose nothing, only machines that go down do.
// Usage: node holder.ts DATA_DIR; prints {"url", "pid"} or {"error"} as one line of JSON.
import { startEmbeddedPostgres } from '../../src/embedded/launcher.ts';

try {
  const postgres = await startEmbeddedPostgres({ dataDir: process.argv[2] ?? '', durable: false });
  const heartbeat = setInterval(() => undefined, 60_000);
  process.once('SIGTERM', async () => {
    clearInterval(heartbeat);
    await postgres.stop();
  });
  console.log(JSON.stringify({ url: postgres.url, pid: postgres.pid }));
} catch (error) {
  console.log(JSON.stringify({ error: error instanceof Error ? error.message : String(error) }));
}
