namespace Recollect.Ingest.Sources.Files;

/// <summary>Which of the first two numbers of a date in a WhatsApp chat export is the day.</summary>
public enum WhatsAppDateOrder
{
    /// <summary>Decided for each file by looking through it once.</summary>
    Auto = 0,

    /// <summary>The day comes first.</summary>
    Dmy = 1,

    /// <summary>The month comes first.</summary>
    Mdy = 2,
}
