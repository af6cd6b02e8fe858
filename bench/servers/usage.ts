/** Loaded before a measured server: answers its parent's question about CPU and memory, and tells it the port. */
const { channel } = process;
process.on('message', (question) => {
  if (question === 'usage') process.send?.({ usage: { ...process.cpuUsage(), rss: process.memoryUsage.rss() } });
});
// The question must not keep a server alive that wants to end.
channel?.unref();
