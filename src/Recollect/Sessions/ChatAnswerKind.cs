namespace Recollect.Sessions;

/// <summary>What became of a message.</summary>
public enum ChatAnswerKind
{
    /// <summary>The model answered.</summary>
    Answered,

    /// <summary>It was answered before, and is delivered again; the text is the answer of then.</summary>
    Duplicate,

    /// <summary>The person asked to begin anew.</summary>
    Reset,

    /// <summary>The model gave no answer; the text says so, and the message is kept where memory is on.</summary>
    Failed,

    /// <summary>The person is not answered; there is no text.</summary>
    Blocked,
}
