import { Console } from 'node:console';
import type { Command } from 'commander';
import type { Config } from '../config.ts';
import { HypersceneError } from '../errors.ts';
import { type McpConnection, openMcp, openRemoteMcp } from '../main/mcp.ts';
import { type Application, openApplication } from '../main.ts';
import { readServingNote } from '../server/serving-note.ts';
import { examples } from './options.ts';
import type { Session } from './session.ts';

interface McpCommandOptions {
  readonly url?: string;
}

export const addMcpCommand = (program: Command, session: Session): void => {
  program
    .command('mcp')
    .description(
      'offer the graph to a language model as tools, over standard input and output (Model Context Protocol)',
    )
    .option('--url <address>', 'ask this running server in place of opening the graph (HYPERSCENE_URL, HYPERSCENE_KEY)')
    .addHelpText('after', examples('mcp', 'mcp --data ./graph', 'mcp --url http://127.0.0.1:4000'))
    .action(({ url }: McpCommandOptions) => serveMcp(session, url === undefined ? {} : { serverUrl: url }));
};

const serveMcp = async (session: Session, overrides: { readonly serverUrl?: string }): Promise<void> => {
  // A library that speaks to the console would break the protocol.
  globalThis.console = new Console(process.stderr, process.stderr);
  const connection = await connect(session, session.config(overrides));
  try {
    await connection.serve({ stdin: session.stdin, stdout: process.stdout, signal: session.signal });
  } finally {
    await connection.close();
  }
};

/** To the server that is named, else to the graph, else to the server that has it open. */
const connect = async (session: Session, config: Config): Promise<McpConnection> => {
  const { url } = config.mcp;
  if (url !== null) {
    session.note(`asking ${url}`);
    return openRemoteMcp(config, url);
  }
  const application = await openOrLocked(config);
  return application instanceof HypersceneError ? connectToHolder(session, config, application) : openMcp(application);
};

const openOrLocked = async (config: Config): Promise<Application | HypersceneError> => {
  try {
    return await openApplication(config);
  } catch (error) {
    if (error instanceof HypersceneError && error.code === 'STORE_LOCKED') return error;
    throw error;
  }
};

/** @throws HypersceneError `locked` where the process that has the graph open does not serve it, or another workspace of it */
const connectToHolder = async (session: Session, config: Config, locked: HypersceneError): Promise<McpConnection> => {
  const note = await readServingNote(config.dataDir);
  if (note === null || !(await isServing(note.url))) throw locked;
  // A key has a workspace of its own.
  if (config.mcp.key === null && note.workspace !== config.workspace) throw locked;
  session.note(`process ${note.pid} has the graph open; asking it at ${note.url}`);
  return openRemoteMcp(config, note.url);
};

/** A note that a killed process left behind leads nowhere. */
const isServing = async (url: string): Promise<boolean> => {
  const response = await fetch(new URL('/health', url)).catch(() => null);
  await response?.body?.cancel();
  return response?.ok === true;
};
