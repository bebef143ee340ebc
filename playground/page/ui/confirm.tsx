import type { Question } from '../lib/workspace.ts';
import { Dialog } from './dialog.tsx';

/** Asks a question; closing it is a no. */
export function Confirm(props: { question: Question; onAnswer: (yes: boolean) => void }) {
  const { question, onAnswer } = props;
  return (
    <Dialog className="dialog dialog-small" label={question.title} onClose={() => onAnswer(false)}>
      <div className="dialog-body">
        <h2>{question.title}</h2>
        <p>{question.text}</p>
      </div>
      <footer className="dialog-foot">
        <button type="button" className="button" onClick={() => onAnswer(false)}>
          {question.no}
        </button>
        <button
          type="button"
          className={`button ${question.danger ? 'button-danger' : 'button-primary'}`}
          onClick={() => onAnswer(true)}
        >
          {question.yes}
        </button>
      </footer>
    </Dialog>
  );
}
