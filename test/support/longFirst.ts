import { relative } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Where tests wait for programs, people and deadlines; begun last, one of them would go on alone. */
const LONG = ['test/e2e/', 'test/slack/deliver/', 'test/browser/', 'test/demo/', 'test/embedded/', 'test/jobs/'];

/** Files that take long begin first, also where no run before this one says which they are. */
export class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification) =>
      LONG.some((folder) => relative(this.ctx.config.root, moduleId).startsWith(folder));
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}
