import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');

/** A document, by its path from the root of the project. */
export type Document = { file: string; text: string };

export const readDocument = (file: string): Document => ({ file, text: readFileSync(join(ROOT, file), 'utf8') });

/** Everything that is written for people: what lies at the root, and `docs/`. */
export function readDocuments(): Document[] {
  const below = (folder: string) => readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' });
  const files = [...readdirSync(ROOT), ...below('docs').map((file) => join('docs', file))];
  return files.filter((file) => file.endsWith('.md')).map(readDocument);
}

export const exists = (path: string): boolean => existsSync(join(ROOT, path));

const FENCED = /^```(\w*)\n([\s\S]*?)^```$/gm;

/** The fenced blocks, in order; `language` is what stands behind the fence. */
export const blocksOf = ({ text }: Document): { language: string; lines: string[] }[] =>
  [...text.matchAll(FENCED)].map(([, language = '', body = '']) => ({
    language,
    lines: body.split('\n').filter((line) => line.trim() !== ''),
  }));

/** Whatever stands in backticks within the running text. */
export const spansOf = ({ text }: Document): string[] =>
  [...text.replaceAll(FENCED, '').matchAll(/`([^`\n]+)`/g)].map(([, span = '']) => span);

/** Heading as an address within the page. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s-]/gu, '')
    .replaceAll(' ', '-');

const anchorsIn = ({ text }: Document): string[] =>
  [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => anchorOf(heading));

/** Links and pictures within the project that lead nowhere. */
export const deadLinks = (document: Document): string[] =>
  [...document.text.replaceAll(FENCED, '').matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^[a-z]+:/.test(target))
    .filter((target) => {
      const [path = '', anchor] = target.split('#');
      const file = path === '' ? document.file : join(dirname(document.file), path);
      if (!exists(file)) return true;
      return anchor !== undefined && !anchorsIn(readDocument(file)).includes(anchor);
    });

/** The tables of a section, row by row, without their headers. */
export function tableBelow({ text }: Document, heading: string): string[][] {
  const [, section = ''] = text.split(new RegExp(`^## ${heading}$`, 'm'));
  const [own = ''] = section.split(/^## /m);
  const lines = own.split('\n');
  const isRule = (line: string | undefined) => line?.startsWith('| ---') ?? false;
  const rows = lines.filter((line, at) => line.startsWith('|') && !isRule(line) && !isRule(lines[at + 1]));
  return rows.map((line) =>
    line
      .slice(1, -1)
      .split(' | ')
      .map((cell) => cell.trim()),
  );
}
