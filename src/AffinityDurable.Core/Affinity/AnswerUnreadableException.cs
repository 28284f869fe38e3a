namespace AffinityDurable.Core.Affinity;

/// <summary>An answer came that is not what Affinity sends. The text never quotes the body. Never leaves this folder.</summary>
internal sealed class AnswerUnreadableException(string message) : Exception(message);
