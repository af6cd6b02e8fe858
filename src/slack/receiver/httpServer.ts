import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Log } from '../../log.ts';

type Route = (req: IncomingMessage, res: ServerResponse) => void | Promise<void>;
/** By path; a path that ends in `/` takes everything below it. */
export type Routes = Readonly<Record<string, Route>>;

export type HttpServerOptions = {
  /** 0 takes any free one. */
  port: number;
  /** Default: all interfaces. */
  host?: string | undefined;
  routes: Routes;
  log: Log;
};

export type HttpServer = {
  /** @returns the port. @throws where it cannot be listened on, in words for an operator */
  start(): Promise<number>;
  /** Accepts nothing new and lets what is under way finish, at most so many milliseconds. */
  stop(graceMs: number): Promise<void>;
};

/** Load balancers keep idle connections for 60 s; the side that closes first must not be us, or a click is lost. */
const KEEP_ALIVE_MS = 65_000;
/** What a stop waits by default for the work under way. */
export const GRACE_MS = 5000;
/** Time to send a whole request. */
const REQUEST_TIMEOUT_MS = 15_000;

export function createHttpServer({ port, host, routes, log }: HttpServerOptions): HttpServer {
  const find = routeFinder(routes);
  let stopping = false;
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS, requestTimeout: REQUEST_TIMEOUT_MS }, (req, res) => {
    if (stopping) res.setHeader('connection', 'close');
    void run(find(req.url ?? '/'), req, res, log);
  });
  return {
    start: () => listen(server, port, host, log),
    stop: async (graceMs) => {
      stopping = true;
      if (!server.listening) return;
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      // A connection kept alive becomes idle when its answer is out, and would keep us for a minute.
      const idle = setInterval(() => server.closeIdleConnections(), 20);
      const cut = setTimeout(() => server.closeAllConnections(), graceMs);
      await closed;
      clearInterval(idle);
      clearTimeout(cut);
    },
  };
}

function routeFinder(routes: Routes): (url: string) => Route | undefined {
  const exact = new Map(Object.entries(routes));
  const below = [...exact].filter(([path]) => path.endsWith('/'));
  return (url) => {
    const query = url.indexOf('?');
    const path = query === -1 ? url : url.slice(0, query);
    return exact.get(path) ?? below.find(([prefix]) => path.startsWith(prefix))?.[1];
  };
}

async function run(route: Route | undefined, req: IncomingMessage, res: ServerResponse, log: Log): Promise<void> {
  if (!route) {
    res.writeHead(404).end();
    return;
  }
  try {
    await route(req, res);
  } catch (error) {
    log.error({ err: error, method: req.method, path: req.url }, 'HTTP request failed');
    if (!res.headersSent) res.writeHead(500);
    res.end();
  }
}

/** The message is one line for whoever started it. */
export class PortError extends Error {
  override name = 'PortError';
}

function listen(server: Server, port: number, host: string | undefined, log: Log): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const why = cause.code === 'EADDRINUSE' ? 'another program uses it' : cause.message;
      reject(new PortError(`Cannot listen on port ${port}: ${why}. Set PORT to another one.`, { cause }));
    });
    server.listen({ port, ...(host === undefined ? {} : { host }) }, () => {
      server.removeAllListeners('error').on('error', (error) => log.error({ err: error }, 'HTTP server'));
      resolve((server.address() as AddressInfo).port);
    });
  });
}
