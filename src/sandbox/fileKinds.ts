/** What Slack makes of a file's name: its own word for the kind, the word that people see, and the media type. */
type FileKind = { filetype: string; pretty: string; mimetype: string };

const kind = (filetype: string, pretty: string, mimetype: string): FileKind => ({ filetype, pretty, mimetype });

const OFFICE = 'application/vnd.openxmlformats-officedocument';
const KINDS: { [extension: string]: FileKind } = {
  png: kind('png', 'PNG', 'image/png'),
  jpg: kind('jpg', 'JPEG', 'image/jpeg'),
  jpeg: kind('jpg', 'JPEG', 'image/jpeg'),
  gif: kind('gif', 'GIF', 'image/gif'),
  svg: kind('svg', 'SVG', 'image/svg+xml'),
  pdf: kind('pdf', 'PDF', 'application/pdf'),
  csv: kind('csv', 'CSV', 'text/csv'),
  txt: kind('text', 'Plain Text', 'text/plain'),
  md: kind('markdown', 'Markdown (raw)', 'text/plain'),
  json: kind('json', 'JSON', 'application/json'),
  html: kind('html', 'HTML', 'text/html'),
  eml: kind('eml', 'EML', 'message/rfc822'),
  zip: kind('zip', 'Zip', 'application/zip'),
  docx: kind('docx', 'Word Document', `${OFFICE}.wordprocessingml.document`),
  xlsx: kind('xlsx', 'Excel Spreadsheet', `${OFFICE}.spreadsheetml.sheet`),
};
const BINARY = kind('binary', 'Binary', 'application/octet-stream');

export function kindOf(name: string): FileKind {
  const extension = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  return (Object.hasOwn(KINDS, extension) ? KINDS[extension] : undefined) ?? BINARY;
}

export const mimeOf = (name: string): string => kindOf(name).mimetype;
