import type { PlaygroundFile, PlaygroundMessage } from '../../protocol.ts';
import { Blocks } from '../blocks/blocks.tsx';
import { useActions } from '../blocks/use-actions.ts';
import { fullTimeOf } from '../model/format.ts';
import { PictureButton } from './picture-button.tsx';

/** What a message says: its blocks, or its text, and its files. */
export function MessageBody({ message }: { message: PlaygroundMessage }) {
  const { channel, ts, text, blocks, files, editedTs } = message;
  const host = useActions({ type: 'message', channel, ts }, message);
  const shown = blocks?.length ? blocks : text ? [asSection(text)] : [];
  return (
    <div className="message-body">
      <Blocks blocks={shown} host={host} />
      {editedTs && (
        <span className="edited" title={fullTimeOf(editedTs)}>
          (edited)
        </span>
      )}
      {files?.map((file) => (
        <File key={file.id} file={file} />
      ))}
    </div>
  );
}

function asSection(text: string) {
  return { type: 'section', text: { type: 'mrkdwn', text } };
}

function File({ file }: { file: PlaygroundFile }) {
  if (file.mimetype.startsWith('image/')) {
    const { url, altText, title, width, height } = file;
    return <PictureButton picture={{ src: url, alt: altText, title }} size={{ width, height }} />;
  }
  return (
    <a className="file" href={file.url} download={file.title}>
      <strong>{file.title}</strong>
      <span>{file.mimetype}</span>
    </a>
  );
}
