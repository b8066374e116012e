namespace Recollect.Text.Concepts;

/// <summary>Work, study, money, law and technology.</summary>
/// <remarks>One group per line; the form is described at <see cref="ConceptLexicon"/>.</remarks>
internal static class WorkConcepts
{
    /// <summary>The groups.</summary>
    internal const string Groups = """
        job work career profession occupation employment position role employ living
        employer boss manager supervisor company firm
        hire recruit recruitment employ interview candidate resume
        fire layoff sack unemployed lose redundancy dismiss
        quit resign leave resignation
        promotion promote raise advance advancement
        salary wage pay income earn earning paycheck bonus
        office workplace desk cubicle headquarters
        meeting conference call presentation agenda
        deadline due schedule overtime workload busy
        project task assignment initiative work
        business company startup enterprise venture firm entrepreneur entrepreneurship founder owner
        customer client buyer shopper consumer
        store shop boutique retail mall market outlet
        sell sale vendor merchant market
        advertise marketing promote campaign brand promotion flyer publicity
        product merchandise item goods line
        brand logo design label
        investor invest investment fund stock share shareholder crypto
        bank banker loan mortgage credit debt account borrow lend
        money cash finance financial fund budget dollar euro saving
        price cost expensive cheap afford budget fee charge value worth
        buy purchase order get acquire shopping
        rent lease landlord tenant
        save saving economize thrift frugal
        tax irs accountant accounting audit
        insurance policy claim coverage insure
        law lawyer attorney court judge legal sue lawsuit jury
        politics politician election vote campaign mayor council government senator candidate political policy office
        school class classroom grade elementary kindergarten pupil
        university college campus degree bachelor master phd graduate undergraduate major
        education study learn learning educate academic schooling training
        student pupil learner undergraduate
        teacher professor instructor tutor teach lecturer coach trainer
        exam test quiz final score grade midterm
        homework assignment essay coursework
        course class lesson workshop seminar lecture training tutorial
        graduate graduation diploma ceremony commencement degree
        scholarship grant funding tuition
        certificate certification license diploma qualification credential qualify
        research study investigate investigation explore experiment look inquiry
        science scientist physics chemistry biology lab laboratory
        engineer engineering mechanic technician technical
        computer laptop pc desktop macbook keyboard
        software app application program code programming developer coding programmer
        website web site online internet blog page
        phone smartphone iphone android mobile cell device gadget
        robot ai artificial automation
        data database information statistics analysis
        doctor physician surgeon
        nurse caregiver carer midwife
        psychology psychologist therapist counselor counseling therapy psychiatrist
        artist painter sculptor creator creative
        writer author novelist poet journalist blogger
        cook chef baker kitchen restaurant
        waiter waitress bartender barista server
        driver taxi uber trucker delivery courier
        farmer farm agriculture crop harvest tractor barn
        builder carpenter contractor construction plumber electrician
        firefighter fireman fire station brigade rescue
        pilot flight attendant aviation
        salesperson salesman cashier clerk retail
        secretary assistant receptionist administrator
        skill talent ability expertise gifted capability knack
        experience background expertise knowledge
        success achieve achievement accomplish accomplishment succeed milestone triumph
        fail failure setback obstacle struggle unsuccessful
        goal aim objective target ambition aspire aspiration dream plan purpose hope
        plan intend intention planning scheme prepare preparation arrange
        challenge difficulty difficult problem hard tough obstacle hurdle struggle hardship
        solve fix resolve solution repair
        award prize medal trophy honor win recognition winner
        win victory champion beat triumph championship
        compete competition contest tournament match championship race rival
        opportunity chance possibility opening
        improve improvement better progress enhance upgrade develop development growth
        start begin launch open found establish commence opening beginning
        finish end complete conclude done completion
        stop quit cease halt give
        change switch alter transform transformation transition adjust
        decide decision choose select pick opt
        create make build produce craft design develop
        use utilize apply usage employ
        collaborate collaboration cooperate team partner partnership teamwork together
        network networking contact connection
        idea concept notion thought inspiration
        advice suggestion recommend recommendation tip suggest counsel guidance
        contract agreement deal sign negotiate
        internship intern apprentice apprenticeship trainee
        freelance freelancer contractor gig
        shift schedule hours roster
        commute traffic rush transit
        donor sponsor sponsorship patron
        """;
}
