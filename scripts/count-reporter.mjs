/** Closes jest's summary with one line that any tool can read: `N passed, N failed`. */
// biome-ignore lint/style/noDefaultExport: jest reads nothing else
export default class CountReporter {
  onRunComplete(_contexts, { numPassedTests, numFailedTests, numFailedTestSuites, numPendingTests, testResults }) {
    // A file that does not even load has run none of its tests, and is a failure all the same.
    const unloaded = testResults.filter(({ testExecError }) => testExecError !== undefined).length;
    const failed = Math.max(numFailedTests + unloaded, numFailedTestSuites > 0 ? 1 : 0);
    const skipped = numPendingTests === 0 ? '' : `, ${numPendingTests} skipped`;
    console.log(`${numPassedTests} passed, ${failed} failed${skipped}`);
  }
}
